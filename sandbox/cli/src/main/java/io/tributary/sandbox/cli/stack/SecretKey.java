package io.tributary.sandbox.cli.stack;

import io.tributary.daemon.config.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;

/** The S3 server's secret key: random, made once for each data directory. Stateless. */
final class SecretKey {
    private static final int BYTES = 20;

    private SecretKey() {}

    static Secret of(Workspace workspace) throws IOException {
        Path file = workspace.run().resolve("s3-secret-key");
        if (!Files.exists(file)) {
            byte[] random = new byte[BYTES];
            new SecureRandom().nextBytes(random);
            PrivateFile.write(file, HexFormat.of().formatHex(random) + "\n");
        }
        return new Secret(Files.readString(file).strip());
    }
}

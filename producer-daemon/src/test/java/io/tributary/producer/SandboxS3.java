package io.tributary.producer;

import io.tributary.aws.S3Settings;
import io.tributary.daemon.config.Secret;
import io.tributary.testing.S3Process;
import io.tributary.testing.SandboxProcesses;
import java.util.Optional;
import software.amazon.awssdk.services.s3.S3Client;

/** The tests' own way to the S3 server that they share. */
public final class SandboxS3 {
    private SandboxS3() {}

    /** A client; whoever asks for it closes it. */
    public static S3Client client() {
        return new S3Settings(
                        Optional.of(S3Process.REGION),
                        Optional.of(SandboxProcesses.s3().endpoint()),
                        true,
                        Optional.of(new S3Settings.Keys(S3Process.ACCESS_KEY, new Secret(S3Process.SECRET_KEY))))
                .client(4, 2);
    }
}

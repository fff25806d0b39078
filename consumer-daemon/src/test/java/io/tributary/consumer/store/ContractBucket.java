package io.tributary.consumer.store;

import io.tributary.aws.S3Settings;
import io.tributary.consumer.store.s3.S3StagingStore;
import io.tributary.daemon.config.Secret;
import io.tributary.testing.S3Process;
import io.tributary.testing.SandboxProcesses;
import io.tributary.testing.UniqueName;
import java.util.Optional;
import software.amazon.awssdk.services.s3.S3Client;

/** A new bucket of the shared S3 server, for what a contract asks of stores there. Safe for many threads. */
final class ContractBucket implements AutoCloseable {
    private static final int CONNECTIONS = 16;

    private final String name = UniqueName.of("contract");
    private final S3Client client = new S3Settings(
                    Optional.of(S3Process.REGION),
                    Optional.of(SandboxProcesses.s3().endpoint()),
                    true,
                    Optional.of(new S3Settings.Keys(S3Process.ACCESS_KEY, new Secret(S3Process.SECRET_KEY))))
            .client(CONNECTIONS, 0);

    ContractBucket() {
        client.createBucket(create -> create.bucket(name));
    }

    S3StagingStore store(String prefix) {
        return of(name, prefix);
    }

    /** A store of any bucket, which need not be there. */
    S3StagingStore of(String bucket, String prefix) {
        return new S3StagingStore(client, bucket, prefix);
    }

    @Override
    public void close() {
        client.close();
    }
}

package io.tributary.consumer.store;

import io.tributary.aws.S3Settings;
import io.tributary.consumer.store.s3.S3StagingStore;
import io.tributary.daemon.config.Secret;
import io.tributary.testing.S3Process;
import io.tributary.testing.SandboxProcesses;
import io.tributary.testing.UniqueName;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import software.amazon.awssdk.services.s3.S3Client;

class FollowingStoreIT extends FollowingStoreContract {
    private static final String BUCKET = UniqueName.of("following");
    private static final S3Client CLIENT = new S3Settings(
                    Optional.of(S3Process.REGION),
                    Optional.of(SandboxProcesses.s3().endpoint()),
                    true,
                    Optional.of(new S3Settings.Keys(S3Process.ACCESS_KEY, new Secret(S3Process.SECRET_KEY))))
            .client(4, 0);

    @BeforeAll
    static void createBucket() {
        CLIENT.createBucket(create -> create.bucket(BUCKET));
    }

    @AfterAll
    static void close() {
        CLIENT.close();
    }

    @Override
    Generation generation(String prefix) {
        return new S3StagingStore(CLIENT, BUCKET, prefix);
    }
}

package io.tributary.consumer.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.aws.S3Settings;
import io.tributary.consumer.store.s3.S3StagingStore;
import io.tributary.daemon.config.Secret;
import io.tributary.testing.S3Process;
import io.tributary.testing.SandboxProcesses;
import io.tributary.testing.UniqueName;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3Client;

class S3StagingStoreIT extends StagingStoreContract {
    private static final String BUCKET = UniqueName.of("contract");
    private static final S3Client CLIENT = new S3Settings(
                    Optional.of(S3Process.REGION),
                    Optional.of(SandboxProcesses.s3().endpoint()),
                    true,
                    Optional.of(new S3Settings.Keys(S3Process.ACCESS_KEY, new Secret(S3Process.SECRET_KEY))))
            .client(16, 0);

    @BeforeAll
    static void createBucket() {
        CLIENT.createBucket(create -> create.bucket(BUCKET));
    }

    @AfterAll
    static void close() {
        CLIENT.close();
    }

    @Override
    StagingStore store() {
        return new S3StagingStore(CLIENT, BUCKET, "staging");
    }

    @Test
    void aMissingBucketIsRefused() {
        assertThatThrownBy(() -> new S3StagingStore(CLIENT, "nowhere", "staging").check())
                .isInstanceOfSatisfying(
                        StoreException.class,
                        failure -> assertThat(failure.isRefused()).isTrue())
                .hasMessage("s3 list staging/ in bucket nowhere: 404 NoSuchBucket: create the bucket or correct "
                        + "staging.bucket");
    }
}

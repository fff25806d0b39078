package io.tributary.consumer.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class S3StagingStoreIT extends StagingStoreContract {
    private static final ContractBucket BUCKET = new ContractBucket();

    @AfterAll
    static void close() {
        BUCKET.close();
    }

    @Override
    StagingStore store() {
        return BUCKET.store("staging");
    }

    @Test
    void aMissingBucketIsRefused() {
        assertThatThrownBy(() -> BUCKET.of("nowhere", "staging").check())
                .isInstanceOfSatisfying(
                        StoreException.class,
                        failure -> assertThat(failure.isRefused()).isTrue())
                .hasMessage("s3 list staging/ in bucket nowhere: 404 NoSuchBucket: create the bucket or correct "
                        + "staging.bucket");
    }
}

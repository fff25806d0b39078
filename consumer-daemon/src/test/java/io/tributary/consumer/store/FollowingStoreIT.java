package io.tributary.consumer.store;

import org.junit.jupiter.api.AfterAll;

class FollowingStoreIT extends FollowingStoreContract {
    private static final ContractBucket BUCKET = new ContractBucket();

    @AfterAll
    static void close() {
        BUCKET.close();
    }

    @Override
    Generation generation(String prefix) {
        return BUCKET.store(prefix);
    }
}

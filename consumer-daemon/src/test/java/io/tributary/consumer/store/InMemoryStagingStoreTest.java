package io.tributary.consumer.store;

class InMemoryStagingStoreTest extends StagingStoreContract {
    private final StagingStore store = new InMemoryStagingStore();

    @Override
    StagingStore store() {
        return store;
    }
}

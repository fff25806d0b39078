package io.tributary.consumer.store;

import java.util.HashMap;
import java.util.Map;

class FollowingStoreTest extends FollowingStoreContract {
    private final Map<String, Generation> generations = new HashMap<>();

    @Override
    Generation generation(String prefix) {
        return generations.computeIfAbsent(prefix, none -> new InMemoryStagingStore());
    }
}

package io.tributary.consumer.upload;

import io.tributary.staging.LinkName;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Which operations on the store fail at the moment, and why. Safe for many threads. */
public final class UploadHealth {
    private final Map<Object, String> failing = new ConcurrentHashMap<>();

    /** An operation failed and is tried again. */
    public void failing(Object operation, String reason) {
        failing.put(operation, reason);
    }

    /** An operation succeeded, or nobody wants it any more. */
    public void settled(Object operation) {
        failing.remove(operation);
    }

    /** One of the reasons, and how many operations fail; empty if none does. */
    public Optional<String> problem() {
        return failing.values().stream()
                .findAny()
                .map(reason -> failing.size() + " operations fail and are tried again, such as: " + reason);
    }

    /** How many links and recoveries fail at the moment. */
    public int count() {
        return failing.size();
    }

    /** Whether this link's upload fails at the moment. */
    boolean isFailing(LinkName name) {
        return failing.containsKey(name);
    }
}

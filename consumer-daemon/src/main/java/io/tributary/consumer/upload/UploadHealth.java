package io.tributary.consumer.upload;

import io.tributary.daemon.MonotonicClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which operations on the store or the cluster fail at the moment, and why. One that succeeds when tried again is no
 * problem; one that keeps failing is. Safe for many threads.
 */
public final class UploadHealth {
    private final MonotonicClock clock;
    private final Duration tolerated;
    private final Map<Object, Failing> operations = new ConcurrentHashMap<>();

    private record Failing(long since, String reason) {}

    /**
     * Nothing fails yet.
     *
     * @param tolerated how long an operation may fail before that is a problem
     */
    public UploadHealth(MonotonicClock clock, Duration tolerated) {
        this.clock = clock;
        this.tolerated = tolerated;
    }

    /** An operation failed and is tried again. */
    public void failing(Object operation, String reason) {
        long now = clock.millis();
        operations.merge(operation, new Failing(now, reason), (old, young) -> new Failing(old.since(), reason));
    }

    /** An operation succeeded, or nobody wants it any more. */
    public void settled(Object operation) {
        operations.remove(operation);
    }

    /** One of the reasons, and how many operations keep failing; empty if none does. */
    public Optional<String> problem() {
        long now = clock.millis();
        List<Failing> lasting = operations.values().stream()
                .filter(failing -> now - failing.since() >= tolerated.toMillis())
                .toList();
        return lasting.stream()
                .findAny()
                .map(failing -> lasting.size() + " operations fail and are tried again, such as: " + failing.reason());
    }

    /** How many links and recoveries fail at the moment. */
    public int count() {
        return operations.size();
    }
}

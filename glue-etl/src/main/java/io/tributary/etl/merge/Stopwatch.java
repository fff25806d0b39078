package io.tributary.etl.merge;

import io.tributary.daemon.MonotonicClock;
import java.util.SortedMap;
import java.util.TreeMap;

/** Tells where the time went. Confined to one thread. */
final class Stopwatch {
    private static final double NANOS_PER_SECOND = 1e9;

    private final MonotonicClock clock;
    private final SortedMap<String, Double> seconds = new TreeMap<>();
    private long last;

    Stopwatch(MonotonicClock clock) {
        this.clock = clock;
        this.last = clock.nanos();
    }

    /** Books the time since the last lap, or since the beginning. */
    void lap(String part) {
        long now = clock.nanos();
        seconds.merge(part, (now - last) / NANOS_PER_SECOND, Double::sum);
        last = now;
    }

    SortedMap<String, Double> seconds() {
        return new TreeMap<>(seconds);
    }
}

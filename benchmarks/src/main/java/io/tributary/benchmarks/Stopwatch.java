package io.tributary.benchmarks;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Measures how long something takes. */
final class Stopwatch {
    private final InstantSource clock = InstantSource.system();
    private final Instant started = clock.instant();

    double seconds() {
        return Duration.between(started, clock.instant()).toNanos() / 1e9;
    }
}

package io.tributary.daemon;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next try: doubles from a base up to a ceiling, of which a random half is taken off so
 * that clients that failed together do not return together. Immutable.
 *
 * @param base    the first delay
 * @param ceiling the longest delay
 */
public record Backoff(Duration base, Duration ceiling) {
    public Backoff {
        if (base.isNegative() || base.isZero() || ceiling.compareTo(base) < 0) {
            throw new IllegalArgumentException("backoff from " + base + " to " + ceiling);
        }
    }

    /**
     * The delay after a number of failures.
     *
     * @param failures how many tries failed in a row, from 1
     * @param random   where the jitter comes from
     */
    public Duration delay(int failures, RandomGenerator random) {
        long doubled = base.toMillis() << Math.min(Math.max(failures - 1, 0), 20);
        long full = Math.min(Math.max(doubled, 1), ceiling.toMillis());
        return Duration.ofMillis(full - (full > 1 ? random.nextLong(full / 2 + 1) : 0));
    }
}

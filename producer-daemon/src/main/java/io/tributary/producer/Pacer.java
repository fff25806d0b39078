package io.tributary.producer;

import io.tributary.daemon.MonotonicClock;
import java.time.Duration;

/**
 * Keeps to a rate: the n-th record since it began goes out no sooner than n divided by the rate. What was missed while
 * nothing was to be sent is not caught up, but for a tenth of a second. Confined to one thread.
 */
final class Pacer {
    private static final double SECOND = 1e9;
    private static final long SLACK = 100_000_000;

    private final double nanosPerRecord;
    private final MonotonicClock clock;
    private long base;
    private long taken;

    /**
     * A pacer.
     *
     * @param perSecond records per second; 0 for no limit
     */
    Pacer(long perSecond, MonotonicClock clock) {
        this.nanosPerRecord = perSecond == 0 ? 0 : SECOND / perSecond;
        this.clock = clock;
        this.base = clock.nanos();
    }

    /** Takes the next record's turn. Returns how long to wait before sending it. */
    Duration next() {
        if (nanosPerRecord == 0) {
            return Duration.ZERO;
        }
        long now = clock.nanos();
        long due = base + (long) (++taken * nanosPerRecord);
        if (due < now - SLACK) {
            base = now - SLACK;
            taken = 0;
        }
        return due <= now ? Duration.ZERO : Duration.ofNanos(due - now);
    }
}

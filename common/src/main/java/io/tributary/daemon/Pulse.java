package io.tributary.daemon;

import java.time.Duration;
import java.util.Optional;

/**
 * A worker's sign of life. The worker says, each time, until when it will give the next: soon where its own work follows,
 * later where it waits for someone who may be slow or away. So a worker that hangs is told from one that is kept
 * waiting. One thread beats; any asks.
 */
public final class Pulse {
    private static final Beat NEVER = new Beat(0, Long.MAX_VALUE);

    private final String worker;
    private final MonotonicClock clock;
    private volatile Beat last;

    private record Beat(long at, long within) {}

    /**
     * Of a worker that rests.
     *
     * @param worker what to call it
     */
    public Pulse(String worker, MonotonicClock clock) {
        this.worker = worker;
        this.clock = clock;
        this.last = NEVER;
    }

    /** The next sign of life comes within this time. */
    public void beat(Duration within) {
        last = new Beat(clock.millis(), within.toMillis());
    }

    /** There is nothing to do: no sign of life is due. */
    public void rest() {
        last = NEVER;
    }

    /** Why the worker seems to hang; empty if it does not. */
    public Optional<String> overdue() {
        Beat beat = last;
        long silent = clock.millis() - beat.at();
        return silent <= beat.within()
                ? Optional.empty()
                : Optional.of(worker + " has given no sign of life for " + silent / 1000 + " s");
    }
}

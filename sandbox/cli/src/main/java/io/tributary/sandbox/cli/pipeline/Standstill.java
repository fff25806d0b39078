package io.tributary.sandbox.cli.pipeline;

import java.time.Duration;
import java.util.Optional;

/**
 * Tells a wait that is worth going on with from one that is not: when nothing has moved for a while, and whoever should
 * move it says all that time that it cannot. Pure; confined to one thread.
 */
final class Standstill {
    private final long limitMillis;
    private long count = -1;
    private long since;

    Standstill(Duration limit) {
        limitMillis = limit.toMillis();
    }

    /**
     * Takes one look.
     *
     * @param newCount  how far things are
     * @param complaint why they do not move, if that is known
     * @param now       monotonic milliseconds
     * @return whether to give up
     */
    boolean look(long newCount, Optional<String> complaint, long now) {
        if (newCount != count || complaint.isEmpty()) {
            count = newCount;
            since = now;
        }
        return now - since >= limitMillis;
    }
}

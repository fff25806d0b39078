package io.tributary.consumer.kafka;

import io.tributary.consumer.upload.UploadHealth;
import io.tributary.daemon.MonotonicClock;
import io.tributary.daemon.health.Health;
import java.util.Optional;

/**
 * What the poll thread is doing, for those who ask. Written by the poll thread, read by any. Ready means progress:
 * positions move, or there is nothing to read; and what was read can be written.
 */
final class ReaderStatus {
    private static final long STUCK_MILLIS = 30_000;

    private final MonotonicClock clock;
    private final UploadHealth uploads;
    private volatile Snapshot latest = new Snapshot(false, 0, 0, 0, false, 0, 0);
    private volatile long turnedAt;
    private volatile long progressedAt;
    private volatile boolean stopping;

    /**
     * Figures of one moment.
     *
     * @param joined     whether the group has given this member its partitions
     * @param assigned   how many it has
     * @param recovering how many of them wait to know where to go on
     * @param paused     how many of them are not read at the moment
     * @param connected  whether any broker is connected
     * @param lag        offsets between positions and log ends, summed
     * @param position   the sum of positions
     */
    record Snapshot(
            boolean joined, int assigned, int recovering, int paused, boolean connected, long lag, long position) {}

    ReaderStatus(MonotonicClock clock, UploadHealth uploads) {
        this.clock = clock;
        this.uploads = uploads;
        this.turnedAt = clock.millis();
        this.progressedAt = turnedAt;
    }

    /** The poll thread is alive. */
    void turned(long now) {
        turnedAt = now;
    }

    /** New figures. */
    void update(Snapshot snapshot, long now) {
        if (snapshot.position() != latest.position() || snapshot.lag() == 0) {
            progressedAt = now;
        }
        latest = snapshot;
    }

    /** The program ends. */
    void stopping() {
        stopping = true;
    }

    Snapshot latest() {
        return latest;
    }

    /** Milliseconds since a position moved or nothing was left to read. */
    long millisSinceProgress() {
        return clock.millis() - progressedAt;
    }

    /** Whether the process is worth keeping. */
    Health live() {
        long idle = clock.millis() - turnedAt;
        return idle < 2 * STUCK_MILLIS
                ? Health.good("polling")
                : Health.bad("the poll thread has not turned for " + idle / 1000 + " s");
    }

    /** Whether it makes progress. */
    Health ready() {
        Snapshot now = latest;
        if (stopping) {
            return Health.bad("stopping");
        }
        if (!live().ok() || !now.joined()) {
            return now.joined() ? live() : Health.bad("joining the group");
        }
        if (!now.connected()) {
            return Health.bad("no broker is connected");
        }
        Optional<String> problem = uploads.problem();
        if (problem.isPresent()) {
            return Health.bad(problem.get());
        }
        if (now.recovering() > 0) {
            return Health.bad("finding out where " + now.recovering() + " of " + now.assigned() + " partitions go on");
        }
        if (millisSinceProgress() > STUCK_MILLIS) {
            return Health.bad(
                    "no progress for " + millisSinceProgress() / 1000 + " s with " + now.lag() + " offsets to read");
        }
        return Health.good(now.assigned() + " partitions, " + now.lag() + " offsets to read");
    }
}

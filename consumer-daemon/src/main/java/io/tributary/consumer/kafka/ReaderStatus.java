package io.tributary.consumer.kafka;

import io.tributary.consumer.upload.UploadHealth;
import io.tributary.daemon.MonotonicClock;
import io.tributary.daemon.health.Health;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * What the poll thread is doing, for those who ask. Written by the poll thread, read by any. Ready means progress:
 * positions move, or there is nothing to read; and what was read can be written. What is not known is not taken for
 * good.
 */
final class ReaderStatus {
    private static final long DEAD_MILLIS = 60_000;

    private final MonotonicClock clock;
    private final UploadHealth uploads;
    private final Supplier<Optional<String>> death;
    private final Supplier<Optional<String>> stuck;
    private final Duration stuckAfter;
    private volatile Snapshot latest = new Snapshot(false, 0, 0, 0, false, OptionalLong.empty(), 0, Optional.empty());
    private volatile long turnedAt;
    private volatile boolean stopping;

    /**
     * Figures of one moment.
     *
     * @param joined     whether the group has given this member its partitions
     * @param assigned   how many it has
     * @param recovering how many of them wait to know where to go on
     * @param paused     how many of them are not read at the moment
     * @param connected  whether any broker is connected
     * @param lag        offsets between positions and log ends, summed; empty while one of them is not known
     * @param unknown    how many partitions' log ends are not known
     * @param standing   the partition that has moved longest ago of those with something to read
     */
    record Snapshot(
            boolean joined,
            int assigned,
            int recovering,
            int paused,
            boolean connected,
            OptionalLong lag,
            int unknown,
            Optional<PartitionProgress.Standing> standing) {}

    /**
     * Nothing is known yet.
     *
     * @param death      what a worker died of, if one did
     * @param stuck      which worker hangs, if one does
     * @param stuckAfter how long a partition with something to read may stand still
     */
    ReaderStatus(
            MonotonicClock clock,
            UploadHealth uploads,
            Supplier<Optional<String>> death,
            Supplier<Optional<String>> stuck,
            Duration stuckAfter) {
        this.clock = clock;
        this.uploads = uploads;
        this.death = death;
        this.stuck = stuck;
        this.stuckAfter = stuckAfter;
        this.turnedAt = clock.millis();
    }

    /** The poll thread is alive. */
    void turned(long now) {
        turnedAt = now;
    }

    /** New figures. */
    void update(Snapshot snapshot) {
        latest = snapshot;
    }

    /** The program ends. */
    void stopping() {
        stopping = true;
    }

    Snapshot latest() {
        return latest;
    }

    /** How long the partition that moved longest ago has stood, with something to read. */
    long millisSinceProgress() {
        return latest.standing()
                .map(standing -> clock.millis() - standing.since())
                .orElse(0L);
    }

    /**
     * Whether the process is worth keeping. Only what it does itself counts: a cluster or a store that is away is no
     * reason to start another process, which would find them as they are.
     */
    Health live() {
        Optional<String> dead = death.get();
        if (dead.isPresent()) {
            return Health.bad("a worker died: " + dead.get());
        }
        Optional<String> hanging = stuck.get();
        if (hanging.isPresent()) {
            return Health.bad(hanging.get());
        }
        long idle = clock.millis() - turnedAt;
        return idle < DEAD_MILLIS
                ? Health.good("polling")
                : Health.bad("the poll thread has not turned for " + idle / 1000 + " s");
    }

    /** Whether it makes progress. */
    Health ready() {
        Snapshot now = latest;
        if (stopping) {
            return Health.bad("stopping");
        }
        Health live = live();
        if (!live.ok()) {
            return live;
        }
        if (!now.joined()) {
            return Health.bad("joining the group");
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
        long stood = millisSinceProgress();
        if (now.standing().isPresent() && stood > stuckAfter.toMillis()) {
            PartitionProgress.Standing standing = now.standing().get();
            return Health.bad(standing.partition() + " has stood at offset " + standing.position() + " for "
                    + stood / 1000 + " s with " + lag(standing.lag()) + " to read");
        }
        if (now.unknown() > 0) {
            return Health.bad(
                    "the log's end of " + now.unknown() + " of " + now.assigned() + " partitions is not known yet");
        }
        return Health.good(now.assigned() + " partitions, " + lag(now.lag()) + " to read");
    }

    private static String lag(OptionalLong lag) {
        return lag.isPresent() ? lag.getAsLong() + " offsets" : "an unknown number of offsets";
    }
}

package io.tributary.producer;

import io.tributary.daemon.MonotonicClock;
import io.tributary.daemon.Pulse;
import io.tributary.producer.sink.SinkException;
import io.tributary.producer.sink.SinkSession;
import io.tributary.producer.source.SourceException;
import io.tributary.producer.source.SourceItem;
import io.tributary.producer.source.SourceState;
import io.tributary.producer.source.Yield;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Moves items from a source to a session, cut into batches. A batch ends only where the source has a position. Confined
 * to one thread.
 */
final class Publisher {
    private static final Duration TICK = Duration.ofMillis(200);

    private final SinkSession session;
    private final BatchBounds bounds;
    private final Pacer pacer;
    private final MonotonicClock clock;
    private final ProducerMetrics metrics;
    private final StopSignal stop;
    private final Runnable tick;
    private final Pulse pulse;

    private Optional<SourceState> behind = Optional.empty();
    private boolean insideRow;
    private long records;
    private long rejects;
    private long bytes;
    private long items;
    private long begun;

    Publisher(
            SinkSession session,
            BatchBounds bounds,
            Pacer pacer,
            MonotonicClock clock,
            ProducerMetrics metrics,
            StopSignal stop,
            Runnable tick,
            Pulse pulse) {
        this.session = session;
        this.bounds = bounds;
        this.pacer = pacer;
        this.clock = clock;
        this.metrics = metrics;
        this.stop = stop;
        this.tick = tick;
        this.pulse = pulse;
    }

    /** Publishes until the source ends or the process is to stop. Everything with a position is committed then. */
    void run(Prefetch source) throws SinkException, SourceException {
        boolean ended = false;
        while (!ended && !stop.isStopped()) {
            tick.run();
            pulse.beat(Vitals.OWN);
            Yield yielded;
            try {
                yielded = source.poll(untilDue());
            } catch (SourceException failed) {
                commit();
                throw failed;
            }
            ended = take(yielded);
        }
        commit();
    }

    /** Returns whether this was the end. */
    private boolean take(@Nullable Yield yielded) throws SinkException {
        if (yielded instanceof Yield.Chunk chunk) {
            append(chunk);
        }
        // A source that has nothing more for now gives no reason to let records wait.
        if (due() || yielded instanceof Yield.Idle) {
            commit();
        }
        return yielded instanceof Yield.End;
    }

    private void append(Yield.Chunk chunk) throws SinkException {
        if (items == 0) {
            begun = clock.millis();
        }
        pulse.beat(Vitals.ELSEWHERE);
        for (SourceItem item : chunk.items()) {
            Duration wait = pacer.next();
            if (!wait.isZero()) {
                stop.await(wait);
                pulse.beat(Vitals.ELSEWHERE);
            }
            session.append(item);
            items++;
            if (item instanceof SourceItem.Row row) {
                records++;
                bytes += row.size();
            } else if (item instanceof SourceItem.Reject reject) {
                rejects += reject.last() ? 1 : 0;
                bytes += reject.value().length;
            }
        }
        insideRow = chunk.after().isEmpty();
        chunk.after()
                .ifPresent(after -> behind =
                        Optional.of(behind.map(earlier -> earlier.then(after)).orElse(after)));
    }

    private boolean due() {
        return items > 0
                && !insideRow
                && (items >= bounds.maxRecords()
                        || bytes >= bounds.maxBytes()
                        || clock.millis() - begun >= bounds.maxAge().toMillis());
    }

    private Duration untilDue() {
        if (items == 0 || insideRow) {
            return TICK;
        }
        Duration left = bounds.maxAge().minusMillis(clock.millis() - begun);
        return left.isNegative() ? Duration.ZERO : left.compareTo(TICK) < 0 ? left : TICK;
    }

    /** Commits what there is, unless it ends within a row: then closing the session drops it. */
    private void commit() throws SinkException {
        if (items == 0 || insideRow || behind.isEmpty()) {
            return;
        }
        pulse.beat(Vitals.ELSEWHERE);
        long began = clock.nanos();
        session.commit(behind.get());
        metrics.committed(records, rejects, bytes, Duration.ofNanos(clock.nanos() - began));
        behind = Optional.empty();
        records = 0;
        rejects = 0;
        bytes = 0;
        items = 0;
    }
}

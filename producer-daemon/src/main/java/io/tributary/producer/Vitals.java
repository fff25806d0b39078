package io.tributary.producer;

import io.tributary.daemon.MonotonicClock;
import io.tributary.daemon.Pulse;
import io.tributary.daemon.health.Health;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * Whether the two threads that publish still work. Each gives a sign of life before whatever it does: due soon where that
 * is its own work, late where it asks Kafka or where the source lies, whose clients give up by themselves. Reading files
 * ahead of everything may take hours without a sign: then it counts that the bytes read become more.
 */
final class Vitals {
    /** Own work takes a fraction of a second. */
    static final Duration OWN = Duration.ofMinutes(1);
    /** Longer than any client tries: Kafka's gives up after one to three minutes. */
    static final Duration ELSEWHERE = Duration.ofMinutes(10);

    private final Pulse publisher;
    private final Pulse reader;
    private final MonotonicClock clock;
    private final LongSupplier progress;
    private long reached = Long.MIN_VALUE;
    private long reachedAt;

    /**
     * Two threads that rest.
     *
     * @param progress a number that changes whenever something was read
     */
    Vitals(MonotonicClock clock, LongSupplier progress) {
        this.clock = clock;
        this.progress = progress;
        publisher = new Pulse("the publishing thread", clock);
        reader = new Pulse("the reading thread", clock);
    }

    /** Beaten by the main thread. */
    Pulse publisher() {
        return publisher;
    }

    /** Beaten by the thread that reads ahead. */
    Pulse reader() {
        return reader;
    }

    /** Whether both work. Any thread; asked every few seconds. */
    synchronized Health live() {
        long now = clock.millis();
        long current = progress.getAsLong();
        if (current != reached) {
            reached = current;
            reachedAt = now;
        }
        Optional<String> overdue = Stream.of(publisher, reader)
                .flatMap(pulse -> pulse.overdue().stream())
                .findFirst();
        if (overdue.isEmpty() || now - reachedAt <= OWN.toMillis()) {
            return Health.good("running");
        }
        return Health.bad(overdue.get());
    }
}

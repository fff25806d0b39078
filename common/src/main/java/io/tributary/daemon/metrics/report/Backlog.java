package io.tributary.daemon.metrics.report;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Datums that wait to be sent, oldest first; bounded by age and number. One thread changes it, any asks for its size. */
final class Backlog {
    /** About 20 MB at the very most. */
    static final int MOST_DATUMS = 40_000;

    private final Duration oldest;
    private final Deque<Datum> waiting = new ArrayDeque<>();
    private volatile int size;

    /** Keeps what is not older than this. */
    Backlog(Duration oldest) {
        this.oldest = oldest;
    }

    void add(List<Datum> datums) {
        waiting.addAll(datums);
        size = waiting.size();
    }

    List<Datum> all() {
        return List.copyOf(waiting);
    }

    int size() {
        return size;
    }

    /** The first so many are settled. */
    void settled(int count) {
        for (int removed = 0; removed < count; removed++) {
            waiting.remove();
        }
        size = waiting.size();
    }

    /** Drops what is too old, or too much, and returns it. */
    List<Datum> trim(Instant now) {
        Instant limit = now.minus(oldest);
        List<Datum> dropped = new ArrayList<>();
        while (!waiting.isEmpty() && (waiting.element().period().isBefore(limit) || waiting.size() > MOST_DATUMS)) {
            dropped.add(waiting.remove());
        }
        size = waiting.size();
        return dropped;
    }
}

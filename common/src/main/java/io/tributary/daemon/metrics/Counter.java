package io.tributary.daemon.metrics;

import java.util.concurrent.atomic.LongAdder;

/** A count that only grows while the process lives. Safe for many threads. */
public final class Counter implements Series {
    private final LongAdder sum = new LongAdder();

    Counter() {}

    /** Adds one. */
    public void increment() {
        sum.increment();
    }

    /** Adds some. */
    public void add(long amount) {
        sum.add(amount);
    }

    /** The count so far. */
    public long value() {
        return sum.sum();
    }
}

package io.tributary.daemon.metrics;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

/**
 * Durations, counted in buckets whose bounds grow by the fifth root of two: what is told of one is at most 15 % too long,
 * and never too short. From 1 ms to 18 hours; what takes longer counts as that. Safe for many threads.
 */
public final class Latency implements Series {
    /** Buckets for each doubling. */
    static final int STEPS = 5;

    private static final int DOUBLINGS = 26;
    private static final int BUCKETS = STEPS * DOUBLINGS + 1;
    private static final double LOG_TWO = Math.log(2);
    /** A bound itself belongs to its bucket, however its logarithm is rounded. */
    private static final double ROUNDING = 1e-9;

    private static final double NANOS_PER_MILLI = 1e6;

    private final AtomicLongArray counts = new AtomicLongArray(BUCKETS);
    private final LongAdder nanos = new LongAdder();

    Latency() {}

    /** Something took this long. */
    public void record(Duration took) {
        long exact = Math.max(0, took.toNanos());
        nanos.add(exact);
        counts.incrementAndGet(bucket(exact / NANOS_PER_MILLI));
    }

    /** How many there were in each bucket, so far. */
    public long[] counts() {
        long[] copy = new long[BUCKETS];
        for (int bucket = 0; bucket < BUCKETS; bucket++) {
            copy[bucket] = counts.get(bucket);
        }
        return copy;
    }

    /** The longest of a bucket, in milliseconds. */
    public static double bound(int bucket) {
        return Math.pow(2, bucket / (double) STEPS);
    }

    double totalSeconds() {
        return nanos.sum() / (NANOS_PER_MILLI * 1000);
    }

    static int bucket(double millis) {
        if (millis <= 1) {
            return 0;
        }
        return Math.min(BUCKETS - 1, (int) Math.ceil(STEPS * Math.log(millis) / LOG_TWO - ROUNDING));
    }
}

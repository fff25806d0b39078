package io.tributary.benchmarks;

import java.util.Locale;

/**
 * What one run took.
 *
 * @param seconds    wall seconds from the first fetch to the last object
 * @param cpuSeconds CPU of the whole process
 * @param peakMiB    largest resident size
 */
record Measured(double seconds, double cpuSeconds, long peakMiB) {
    double rate(long records) {
        return records / seconds;
    }

    String describe(long records) {
        return String.format(
                Locale.ROOT,
                "%,10.0f records/s  %6.2f s  CPU %5.2f s per million  peak %,d MiB",
                rate(records),
                seconds,
                cpuSeconds * 1e6 / records,
                peakMiB);
    }
}

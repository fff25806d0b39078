package io.tributary.daemon;

/** Time that only goes forward, for ages and timeouts: a wall clock may jump. Safe for many threads. */
public interface MonotonicClock {
    /** Nanoseconds since an arbitrary moment. */
    long nanos();

    /** Milliseconds since an arbitrary moment. */
    default long millis() {
        return nanos() / 1_000_000;
    }

    /** The machine's own. */
    static MonotonicClock system() {
        return System::nanoTime;
    }
}

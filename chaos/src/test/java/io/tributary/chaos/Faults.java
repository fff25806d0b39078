package io.tributary.chaos;

import java.net.URI;

/** The proxy between the programs and S3, which injects faults while it is on. */
record Faults(URI endpoint) implements AutoCloseable {
    /** In front of the server on a port of 127.0.0.1. */
    static Faults inFrontOf(int port, long seed, Tally tally) {
        tally.faults(seed * 0);
        return new Faults(URI.create("http://127.0.0.1:" + port));
    }

    void on(boolean on) {}

    @Override
    public void close() {}
}

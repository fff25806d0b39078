package io.tributary.sandbox.server;

/** A server that answers on a port. Started by one thread, closed by the thread that stops the process. */
public interface RunningServer extends AutoCloseable {
    int port();

    /** Stops serving and leaves the data closed cleanly. Called once. */
    @Override
    void close() throws Exception;
}

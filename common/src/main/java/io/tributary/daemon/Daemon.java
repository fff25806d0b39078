package io.tributary.daemon;

/** A long-running program, composed and ready to run. Single-use. */
public interface Daemon {
    /**
     * Works until it is done or told to stop. Called once, by the main thread.
     *
     * @throws Exception if it cannot go on; the message is shown to the operator
     */
    void run() throws Exception;

    /** Asks {@link #run()} to finish what it holds and return. Returns at once. Idempotent; may be called from any thread. */
    void stop();
}

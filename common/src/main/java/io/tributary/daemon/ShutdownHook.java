package io.tributary.daemon;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stops a daemon when the process is told to end, waits until it has stopped, and makes the process end with the
 * daemon's own exit code instead of the signal's.
 */
final class ShutdownHook implements AutoCloseable {
    private static final int FAILED = 1;

    private final CountDownLatch ended = new CountDownLatch(1);
    private final AtomicInteger exitCode = new AtomicInteger(FAILED);
    private final Thread thread;

    private ShutdownHook(String name, Daemon daemon) {
        thread = new Thread(() -> stopAndWait(daemon), name + "-shutdown");
    }

    static ShutdownHook install(String name, Daemon daemon) {
        ShutdownHook hook = new ShutdownHook(name, daemon);
        Runtime.getRuntime().addShutdownHook(hook.thread);
        return hook;
    }

    /** Says with which code the daemon ended. */
    void finished(int code) {
        exitCode.set(code);
    }

    @Override
    public void close() {
        ended.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(thread);
        } catch (IllegalStateException shutdownHasBegun) {
            // The hook itself ends the process.
        }
    }

    private void stopAndWait(Daemon daemon) {
        daemon.stop();
        try {
            ended.await();
        } catch (InterruptedException hookIsNeverInterrupted) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(exitCode.get());
    }
}

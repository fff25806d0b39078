package io.tributary.sandbox.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Ctrl-C and SIGTERM: stops what the command started, in order, says how things stand, and ends the process with the
 * command's own exit code. The work happens on the JVM's shutdown thread while the command's thread is held.
 */
final class Interruption implements AutoCloseable {
    private static final AtomicBoolean STOPPING = new AtomicBoolean();

    private final Thread hook;

    private Interruption(Thread hook) {
        this.hook = hook;
    }

    /**
     * Watches from now until closed.
     *
     * @param started  what the command started
     * @param message  what to say once that is stopped
     * @param exitCode what to end with
     */
    static Interruption watch(AutoCloseable started, Runnable message, int exitCode) {
        Thread hook = new Thread(
                () -> {
                    STOPPING.set(true);
                    int code = exitCode;
                    try {
                        started.close();
                        message.run();
                    } catch (Exception e) {
                        System.err.println("tributary: not stopped cleanly: " + e);
                        code = 1;
                    }
                    System.out.flush();
                    Runtime.getRuntime().halt(code);
                },
                "interruption");
        Runtime.getRuntime().addShutdownHook(hook);
        return new Interruption(hook);
    }

    /** Holds the calling thread for ever if the process is being stopped: what fails meanwhile fails because of that. */
    static void holdIfStopping() {
        if (STOPPING.get()) {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException stopping) {
            holdIfStopping();
        }
    }
}

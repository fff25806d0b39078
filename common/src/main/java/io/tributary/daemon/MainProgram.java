package io.tributary.daemon;

import java.util.function.IntSupplier;

/**
 * What every {@code main} does: runs a program and ends the process with its exit code. A thread that dies of what it does
 * not catch, such as a heap that is too small, would leave a process that only looks alive: it ends the process with
 * code 1, and whoever supervises it starts another.
 */
public final class MainProgram {
    private static final int FAILED = 1;

    private MainProgram() {}

    /** Runs and does not return. */
    public static void run(String name, IntSupplier program) {
        Thread.setDefaultUncaughtExceptionHandler((thread, death) -> die(name, "thread " + thread.getName(), death));
        int code;
        try {
            code = program.getAsInt();
        } catch (Throwable death) {
            die(name, "the main thread", death);
            return;
        }
        System.exit(code);
    }

    private static void die(String name, String who, Throwable death) {
        try {
            System.err.println(name + ": " + who + " died: " + Failures.oneLine(death));
            death.printStackTrace();
        } finally {
            Runtime.getRuntime().halt(FAILED);
        }
    }
}

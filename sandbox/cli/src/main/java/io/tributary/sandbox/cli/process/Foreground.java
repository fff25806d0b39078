package io.tributary.sandbox.cli.process;

import io.tributary.sandbox.cli.CommandFailure;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** Runs a short program to its end in the place of the command: its output is the command's own. Stateless. */
public final class Foreground {
    private static final long GRACE_SECONDS = 10;

    private Foreground() {}

    /**
     * Runs.
     *
     * @return its exit code
     */
    public static int run(Program program) throws CommandFailure {
        ProcessBuilder builder = new ProcessBuilder(program.command()).inheritIO();
        // A variable of this prefix would be read as a configuration key by the daemons.
        builder.environment().keySet().removeIf(name -> name.startsWith("TRIBUTARY_"));
        builder.environment().putAll(program.environment());
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            throw CommandFailure.failed(program.name() + " cannot be started: " + e.getMessage());
        }
        try {
            return process.waitFor();
        } catch (InterruptedException stopped) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw CommandFailure.failed("interrupted");
        } finally {
            if (process.isAlive()) {
                end(process);
            }
        }
    }

    private static void end(Process process) {
        try {
            if (!process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException again) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}

package io.tributary.sandbox.cli.process;

import io.tributary.sandbox.cli.CommandFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * Runs a short program to its end in the place of the command: its output is the command's own, and it does not outlive
 * the command. Stateless.
 */
public final class Foreground {
    private static final long GRACE_SECONDS = 10;

    private Foreground() {}

    /**
     * Runs.
     *
     * @param runDirectory where its pid file is while it runs
     * @return its exit code
     */
    public static int run(Program program, Path runDirectory) throws CommandFailure, IOException {
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
        Path pid = runDirectory.resolve(program.name() + ".pid");
        Thread hook = new Thread(() -> end(process), "end-" + program.name());
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            Files.writeString(pid, process.pid() + "\n", StandardCharsets.US_ASCII);
            return process.waitFor();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw CommandFailure.failed("interrupted");
        } finally {
            end(process);
            Files.deleteIfExists(pid);
            forget(hook);
        }
    }

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException stoppingAlready) {
            // Then it has run, or does.
        }
    }

    /** Tells it to stop, and waits; after a while it is killed. */
    private static void end(Process process) {
        process.destroy();
        try {
            if (!process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException hurry) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}

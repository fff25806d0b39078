package io.tributary.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * A running Java program, its output read as it comes by two threads of its own. Any thread may use it; the one that
 * started it closes it, which kills what still runs. A test's JVM that is told to end takes it along.
 */
public final class JavaProcess implements AutoCloseable {
    private static final Duration END = Duration.ofSeconds(30);
    private static final int TAIL = 40;

    private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime()
                .addShutdownHook(new Thread(() -> RUNNING.forEach(Process::destroyForcibly), "kill-children"));
    }

    private final Process process;
    private final String name;
    private final OutputLines stdout;
    private final OutputLines stderr;

    JavaProcess(Process process, String name) {
        this.process = process;
        this.name = name;
        RUNNING.removeIf(other -> !other.isAlive());
        RUNNING.add(process);
        this.stdout = OutputLines.of(process.getInputStream(), "stdout-" + process.pid());
        this.stderr = OutputLines.of(process.getErrorStream(), "stderr-" + process.pid());
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** What it wrote so far; after {@link #exitCode} everything. */
    public List<String> stdout() {
        return stdout.all();
    }

    public List<String> stderr() {
        return stderr.all();
    }

    /** The first such line, present or to come; fails with the process's own words where it does not come. */
    public String awaitStdout(Predicate<String> wanted, Duration deadline) {
        return awaitLine(stdout, "stdout", wanted, deadline);
    }

    public String awaitStderr(Predicate<String> wanted, Duration deadline) {
        return awaitLine(stderr, "stderr", wanted, deadline);
    }

    public void signal(Signal signal) {
        try {
            Process kill = new ProcessBuilder("kill", "-" + signal, Long.toString(pid())).start();
            if (kill.waitFor() != 0) {
                throw new IllegalStateException("cannot send " + signal + " to " + this);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** Waits for the end and returns the exit code (128 + signal where a signal ended it). */
    public int exitCode(Duration deadline) {
        try {
            if (!process.waitFor(deadline.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new AssertionError(this + " still runs after " + deadline + tail());
            }
            stdout.awaitEnd(END);
            stderr.awaitEnd(END);
            return process.exitValue();
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** SIGKILL, and gone when this returns. */
    public void kill9() {
        process.destroyForcibly();
        exitCode(END);
    }

    /** SIGTERM, and the exit code. */
    public int stop() {
        signal(Signal.TERM);
        return exitCode(END);
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            kill9();
        }
    }

    @Override
    public String toString() {
        return name + " (pid " + pid() + ")";
    }

    private String awaitLine(OutputLines lines, String stream, Predicate<String> wanted, Duration deadline) {
        try {
            return lines.await(wanted, deadline)
                    .orElseThrow(() -> new AssertionError(this + (lines.ended() ? " ended and did not" : " did not")
                            + " write the line awaited on " + stream + " within " + deadline + tail()));
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private String tail() {
        return "\n-- stdout\n" + last(stdout()) + "\n-- stderr\n" + last(stderr());
    }

    private static String last(List<String> lines) {
        return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL), lines.size()));
    }

    private static IllegalStateException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new IllegalStateException("interrupted", e);
    }
}

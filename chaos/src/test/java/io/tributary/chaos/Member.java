package io.tributary.chaos;

import io.tributary.testing.JavaCommand;
import io.tributary.testing.JavaProcess;
import io.tributary.testing.Signal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One process of the pipeline, started again and again with the same command. Safe for many threads: whoever kills it, the
 * keeper that starts it again, and whoever closes it.
 */
final class Member implements AutoCloseable {
    private static final int LAST_WORDS = 6;
    /** A daemon that tells the port of its health. */
    private static final Pattern SERVES = Pattern.compile("(healthPort|serving health).*\\d");

    private final String name;
    private final Kind kind;
    private final JavaCommand command;
    private final Path logs;
    private int starts;
    private boolean told;
    private @Nullable JavaProcess process;

    Member(String name, Kind kind, JavaCommand command, Path logs) {
        this.name = name;
        this.kind = kind;
        this.command = command;
        this.logs = logs;
    }

    String name() {
        return name;
    }

    Kind kind() {
        return kind;
    }

    /**
     * How it ended.
     *
     * @param exitCode  its exit code
     * @param told      whether somebody told it to
     * @param served    whether it had come so far as to serve
     * @param lastWords the last lines that it wrote
     */
    record End(int exitCode, boolean told, boolean served, List<String> lastWords) {
        private static final int KILLED = 137;
        private static final int TERMINATED = 143;
        /** What a daemon says that is started while what it stands on is away. */
        private static final Pattern NOTHING_TO_STAND_ON =
                Pattern.compile("-daemon: (no broker of kafka\\.bootstrap-servers |s3 list staging/ in bucket )");

        /** Whether it ended as it should. */
        boolean asItShould() {
            if (told) {
                // A JVM that is still booting does not know better.
                return exitCode == 0 || exitCode == KILLED || (exitCode == TERMINATED && !served);
            }
            // Whoever supervises it starts another.
            return exitCode == 1
                    && !lastWords.isEmpty()
                    && NOTHING_TO_STAND_ON
                            .matcher(lastWords.get(lastWords.size() - 1))
                            .find();
        }

        @Override
        public String toString() {
            return (told ? "was told to stop and ended with " : "ended by itself with ") + exitCode + ": "
                    + String.join(" | ", lastWords);
        }
    }

    synchronized void start() {
        starts++;
        told = false;
        process = command.start();
    }

    synchronized Optional<JavaProcess> running() {
        JavaProcess current = process;
        return current != null && current.isAlive() ? Optional.of(current) : Optional.empty();
    }

    /** Sends a signal to the process that runs now, if any. */
    synchronized boolean signal(Signal signal) {
        Optional<JavaProcess> current = running();
        if (current.isEmpty()) {
            return false;
        }
        told = true;
        return send(current.get(), signal);
    }

    /** Kills the process that runs now, if any. */
    synchronized boolean kill9() {
        Optional<JavaProcess> current = running();
        told = true;
        current.ifPresent(JavaProcess::kill9);
        return current.isPresent();
    }

    /** Starts it again where it has ended, and tells how it ended. */
    synchronized Optional<End> reviveIfDead() {
        JavaProcess dead = process;
        if (dead == null || dead.isAlive()) {
            return Optional.empty();
        }
        End end = bury(dead);
        start();
        return Optional.of(end);
    }

    @Override
    public synchronized void close() {
        JavaProcess last = process;
        process = null;
        if (last != null) {
            last.close();
            bury(last);
        }
    }

    static boolean send(JavaProcess process, Signal signal) {
        try {
            process.signal(signal);
            return true;
        } catch (IllegalStateException endedMeanwhile) {
            return false;
        }
    }

    private End bury(JavaProcess dead) {
        int code = dead.exitCode(java.time.Duration.ofSeconds(30));
        List<String> all = new ArrayList<>(dead.stdout());
        all.addAll(dead.stderr());
        try {
            Files.createDirectories(logs);
            Files.write(logs.resolve(name + "-" + starts + ".log"), all);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        boolean served = all.stream()
                .anyMatch(line ->
                        line.startsWith("ready ") || SERVES.matcher(line).find());
        return new End(code, told, served, all.subList(Math.max(0, all.size() - LAST_WORDS), all.size()));
    }

    @Override
    public String toString() {
        return name;
    }
}

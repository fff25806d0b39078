package io.tributary.sandbox.cli.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One supervised process through all its lives. Confined to the supervisor's thread, but for its futures. */
final class Child {
    /**
     * A terminal's Ctrl-C reaches the whole foreground group; only the launcher may act on it, so that processes stop
     * in order. An ignored signal stays ignored across exec, and the JVM leaves it so.
     */
    private static final List<String> SHIELD = List.of("/bin/sh", "-c", "trap '' INT HUP; exec \"$@\"", "sh");

    private final Program program;
    private final ProcessLog log;
    private final Path pidFile;
    private final CompletableFuture<Integer> ready = new CompletableFuture<>();
    private final CompletableFuture<Integer> finished = new CompletableFuture<>();
    private @Nullable Process process;
    private long startedAt;
    private boolean serving;
    private boolean stopping;
    private int failures;

    Child(Program program, Path runDirectory, Path logDirectory) {
        this.program = program;
        this.log = new ProcessLog(logDirectory.resolve(program.name() + ".log"));
        this.pidFile = runDirectory.resolve(program.name() + ".pid");
    }

    Process launch(long now) throws IOException {
        List<String> command = new ArrayList<>(SHIELD);
        command.addAll(program.command());
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.begin().toFile()));
        // A variable of this prefix would be read as a configuration key by the daemons.
        builder.environment().keySet().removeIf(name -> name.startsWith("TRIBUTARY_"));
        builder.environment().putAll(program.environment());
        Process started = builder.start();
        try {
            Files.writeString(pidFile, started.pid() + "\n", StandardCharsets.US_ASCII);
        } catch (IOException e) {
            started.destroyForcibly();
            throw e;
        }
        process = started;
        startedAt = now;
        serving = !program.serves();
        return started;
    }

    void forgetPid() {
        try {
            Files.deleteIfExists(pidFile);
        } catch (IOException leftForTheNextCommand) {
            // A pid file that stays is checked against the process before it is believed.
        }
    }

    Program program() {
        return program;
    }

    ProcessLog log() {
        return log;
    }

    @Nullable Process process() {
        return process;
    }

    CompletableFuture<Integer> ready() {
        return ready;
    }

    CompletableFuture<Integer> finished() {
        return finished;
    }

    long startedAt() {
        return startedAt;
    }

    boolean serving() {
        return serving;
    }

    void served(int port) {
        serving = true;
        ready.complete(port);
    }

    boolean stopping() {
        return stopping;
    }

    void stop() {
        stopping = true;
        if (process != null) {
            process.destroy();
        }
    }

    int failures() {
        return failures;
    }

    void failed(int inRow) {
        failures = inRow + 1;
    }

    void giveUp(ProcessFailure failure) {
        ready.completeExceptionally(failure);
        finished.completeExceptionally(failure);
    }
}

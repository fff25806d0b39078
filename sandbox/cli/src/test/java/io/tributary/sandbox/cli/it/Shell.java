package io.tributary.sandbox.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.sandbox.cli.process.Leftovers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * A user's shell in a directory of its own, whose name has spaces. Closing it ends whatever a test left running there.
 */
final class Shell implements AutoCloseable {
    private static final long LONGEST_MINUTES = 6;
    private static final String SHORT_LIVED = "-XX:TieredStopAtLevel=1";

    private final Path directory;
    private final String options;
    private int commands;

    /** For what ends soon: without the optimizing compiler. */
    Shell(Path parent) throws IOException {
        this(parent, System.getProperty("long") == null ? SHORT_LIVED : "");
    }

    /** For what is measured: with no options but the programs' own. */
    static Shell asUsersHaveIt(Path parent) throws IOException {
        return new Shell(parent, "");
    }

    private Shell(Path parent, String options) throws IOException {
        this.options = options;
        directory = Files.createDirectories(parent.resolve("a user's files")).toRealPath();
    }

    /** What a command printed and ended with. */
    record Outcome(int exitCode, String out, String err) {
        Outcome succeeds() {
            assertThat(exitCode).as("exit code; out:%n%s%nerr:%n%s", out, err).isZero();
            return this;
        }

        Outcome failsWith(int code) {
            assertThat(exitCode).as("exit code; out:%n%s%nerr:%n%s", out, err).isEqualTo(code);
            return this;
        }
    }

    /** A command that runs. */
    record Running(Process process, Path out, Path err) {
        Outcome outcome() {
            try {
                assertThat(process.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES))
                        .as("the command ends; so far:%n%s", printed())
                        .isTrue();
                return new Outcome(process.exitValue(), printed(), Files.readString(err));
            } catch (IOException | InterruptedException e) {
                throw new AssertionError(e);
            }
        }

        String printed() {
            try {
                return Files.readString(out);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
    }

    /** Where the project is. */
    static Path root() {
        return Path.of(Objects.requireNonNull(System.getProperty("tributary.root")));
    }

    Path directory() {
        return directory;
    }

    Path data() {
        return directory.resolve("data");
    }

    Path write(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text, StandardCharsets.UTF_8);
    }

    Outcome tributary(String... arguments) throws IOException {
        return start(arguments).outcome();
    }

    Running start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(root().resolve("tributary").toString());
        command.addAll(List.of(arguments));
        commands++;
        Path out = directory.resolve("out-" + commands);
        Path err = directory.resolve("err-" + commands);
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().put("TRIBUTARY_BUILD", "never");
        builder.environment().put("SANDBOX_JAVA_OPTS", options);
        return new Running(builder.start(), out, err);
    }

    /** The pid that a pid file names, once it is there. */
    long pid(String name) throws IOException {
        return Long.parseLong(
                Files.readString(data().resolve("run").resolve(name + ".pid")).strip());
    }

    boolean runs(String name) {
        return Files.exists(data().resolve("run").resolve(name + ".pid"));
    }

    @Override
    public void close() throws IOException {
        if (Files.isDirectory(data())) {
            Leftovers.find(data()).forEach(ProcessHandle::destroyForcibly);
        }
    }
}

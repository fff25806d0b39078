package io.tributary.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How to start a Java program: built step by step, then started any number of times. Not thread-safe. */
public final class JavaCommand {
    private final List<String> jvm = new ArrayList<>();
    private final List<String> program;
    private final List<String> arguments = new ArrayList<>();
    private final Map<String, String> environment = new HashMap<>();
    private final Set<String> withheld = new HashSet<>();
    private @Nullable Path directory;

    private JavaCommand(List<String> program) {
        this.program = program;
    }

    public static JavaCommand jar(Path jar) {
        return new JavaCommand(List.of("-jar", jar.toString()));
    }

    public static JavaCommand mainClass(String classPath, String mainClass) {
        return new JavaCommand(List.of("-cp", classPath, mainClass));
    }

    public JavaCommand jvm(String... options) {
        jvm.addAll(List.of(options));
        return this;
    }

    public JavaCommand arguments(String... values) {
        arguments.addAll(List.of(values));
        return this;
    }

    public JavaCommand environment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /** What this process has by these names is not handed on. */
    public JavaCommand without(String... names) {
        withheld.addAll(List.of(names));
        return this;
    }

    public JavaCommand directory(Path path) {
        directory = path;
        return this;
    }

    /** Starts the program; the caller owns the process and closes it. */
    public JavaProcess start() {
        return start(List.of());
    }

    /** Starts the program behind another one, such as {@code ulimit} in a shell. */
    JavaProcess start(List<String> wrapper) {
        List<String> command = new ArrayList<>(wrapper);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvm);
        command.addAll(program);
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeAll(withheld);
        builder.environment().putAll(environment);
        @Nullable File folder = directory == null ? null : directory.toFile();
        builder.directory(folder);
        try {
            return new JavaProcess(builder.start(), program.get(program.size() - 1));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + command, e);
        }
    }
}

package io.tributary.sandbox.cli.stack;

import io.tributary.sandbox.cli.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A data directory: all that the pipeline keeps on this machine. Immutable.
 *
 * @param root the directory, absolute, without symbolic links
 */
public record Workspace(Path root) {

    /** The directory, created where it is missing. */
    public static Workspace open(Path directory) throws CommandFailure {
        if (Files.exists(directory) && !Files.isDirectory(directory)) {
            throw CommandFailure.usage("data directory " + directory + " is a file; choose another with --data DIR");
        }
        try {
            Files.createDirectories(directory);
            Workspace workspace = new Workspace(directory.toRealPath());
            Files.createDirectories(workspace.run());
            Files.createDirectories(workspace.logs());
            Files.createDirectories(workspace.temporary());
            return workspace;
        } catch (IOException e) {
            throw CommandFailure.failed("data directory " + directory + " cannot be made ("
                    + e.getClass().getSimpleName() + ": " + e.getMessage() + "); choose another with --data DIR");
        }
    }

    /** Whether anything was ever kept there. */
    public static boolean exists(Path directory) {
        return Files.isDirectory(directory.resolve("run"));
    }

    /** What belongs to processes that run: pid files, configuration, endpoints. */
    public Path run() {
        return root.resolve("run");
    }

    /** One log for each process. */
    public Path logs() {
        return root.resolve("logs");
    }

    /** What processes keep for as long as they live. */
    public Path temporary() {
        return root.resolve("tmp");
    }

    /** Removes what killed processes left in {@link #temporary}. None may run. */
    public void clearTemporary() throws IOException {
        List<Path> left;
        try (Stream<Path> files = Files.walk(temporary())) {
            left = files.filter(file -> !file.equals(temporary()))
                    .sorted(Comparator.reverseOrder())
                    .toList();
        }
        for (Path file : left) {
            Files.deleteIfExists(file);
        }
    }

    /** One server's own data. */
    public Path of(String server) {
        return root.resolve(server);
    }
}

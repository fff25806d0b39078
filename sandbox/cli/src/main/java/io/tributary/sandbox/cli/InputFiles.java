package io.tributary.sandbox.cli;

import io.tributary.sandbox.cli.stack.Installation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Checks the files that a user names, before anything is started for them. Stateless. */
final class InputFiles {
    private static final List<String> ENDINGS = List.of(".csv", ".tsv", ".ndjson", ".jsonl", ".json");

    private InputFiles() {}

    /** The bundled sample's data file. */
    static Path sample(Installation installation) throws CommandFailure {
        Path folder = installation.sample();
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(InputFiles::isData)
                    .sorted()
                    .findFirst()
                    .orElseThrow(() -> CommandFailure.failed(folder + " has no data file"));
        } catch (IOException e) {
            throw CommandFailure.failed("the bundled sample is missing: " + e);
        }
    }

    /** Absolute paths of what was named, in the same order; globs and URLs as they are. */
    static List<String> check(List<String> named) throws CommandFailure {
        List<String> paths = new ArrayList<>();
        for (String name : named) {
            if (name.startsWith("s3://")) {
                paths.add(name);
                continue;
            }
            Path path = Path.of(name);
            if (!Files.exists(path) && name.matches(".*[*?\\[{].*")) {
                paths.add(path.toAbsolutePath().normalize().toString());
                continue;
            }
            check(name, path);
            paths.add(path.toAbsolutePath().normalize().toString());
        }
        return paths;
    }

    /** Refuses files of this machine that would become one column, most likely by mistake. */
    static void refuseOtherDelimiters(List<String> named) throws CommandFailure {
        for (String name : named) {
            Optional<Character> other;
            try {
                other = name.startsWith("s3://") ? Optional.empty() : CsvHeader.otherDelimiter(Path.of(name));
            } catch (IOException | InvalidPathException e) {
                throw CommandFailure.usage(name + ": cannot be read: " + e.getMessage());
            }
            if (other.isPresent()) {
                String shown = other.get() == '\t' ? "tab" : "'" + other.get() + "'";
                throw CommandFailure.usage(name + ": the first line has no comma, but " + shown + ": add --delimiter "
                        + shown + ", or --delimiter ',' if it is one column");
            }
        }
    }

    /** The last part of a path or URL. */
    static String baseName(String name) {
        String trimmed = name.replaceFirst("/+$", "");
        String base = trimmed.substring(trimmed.lastIndexOf('/') + 1);
        if (base.equals(".") || base.equals("..") || base.isEmpty()) {
            Path real = Path.of(name).toAbsolutePath().normalize().getFileName();
            return real == null ? "records" : real.toString();
        }
        return base.replaceAll("[*?\\[\\]{}]", "").replaceAll("^[-_.]+$", "records");
    }

    private static void check(String name, Path path) throws CommandFailure {
        if (!Files.exists(path)) {
            throw CommandFailure.usage(name + ": no such file");
        }
        if (!Files.isReadable(path)) {
            throw CommandFailure.usage(name + ": may not be read by this user");
        }
        try {
            if (Files.isDirectory(path)) {
                try (Stream<Path> inside = Files.walk(path)) {
                    if (inside.noneMatch(file -> Files.isRegularFile(file) && isData(file))) {
                        throw CommandFailure.usage(name + ": a directory without data files ("
                                + String.join(", ", ENDINGS) + ", each also .gz)");
                    }
                }
            } else if (Files.isRegularFile(path) && Files.size(path) == 0) {
                throw CommandFailure.usage(name + ": the file is empty, there is nothing to publish");
            }
        } catch (IOException | java.io.UncheckedIOException e) {
            throw CommandFailure.usage(name + ": cannot be read: " + e.getMessage());
        }
    }

    private static boolean isData(Path file) {
        String name =
                String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT).replaceFirst("\\.gz$", "");
        return ENDINGS.stream().anyMatch(name::endsWith);
    }
}

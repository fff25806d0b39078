package io.tributary.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Finds the checkout that the tests run in. Stateless. */
public final class ProjectRoot {
    private ProjectRoot() {}

    /** The system property {@code tributary.root}, or the nearest directory above this one that has {@code .mvn}. */
    public static Path path() {
        String configured = System.getProperty("tributary.root");
        if (configured != null) {
            return Path.of(configured);
        }
        Path here = Path.of("").toAbsolutePath();
        for (@Nullable Path directory = here; directory != null; directory = directory.getParent()) {
            if (Files.isDirectory(directory.resolve(".mvn"))) {
                return directory;
            }
        }
        throw new IllegalStateException("no directory with .mvn at or above " + here + "; set -Dtributary.root");
    }
}

package io.tributary.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A committed file that is generated from the code: a test holds the two together. */
public final class GeneratedFile {
    private static final String WRITE = "tributary.write-docs";

    private GeneratedFile() {}

    /**
     * Fails if the file is not what the code says; writes it instead where {@code -Dtributary.write-docs=true} asks so.
     *
     * @param path    below the project's root
     * @param content what the code says
     */
    public static void assertCurrent(String path, String content) throws IOException {
        assertCurrent(path, content, "-Dtest=ConfigReferenceTest -Dsurefire.failIfNoSpecifiedTests=false test");
    }

    /**
     * The same where another test writes it.
     *
     * @param test what runs that test: Maven's arguments
     */
    public static void assertCurrent(String path, String content, String test) throws IOException {
        Path file = ProjectRoot.path().resolve(path);
        if (Boolean.getBoolean(WRITE)) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, content);
            return;
        }
        if (!Files.exists(file) || !Files.readString(file).equals(content)) {
            throw new AssertionError(path + " is not what the code says: write it anew with 'mvn -D" + WRITE + "=true "
                    + test + "'; it says\n" + content);
        }
    }
}

package io.tributary.sandbox.cli.it;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Generated CSV rows. Stateless. */
final class Rows {
    private Rows() {}

    /** Writes a header and rows with the ids from 1 to {@code count}. */
    static Path write(Path file, int count) throws IOException {
        Files.writeString(file, "id,name,amount,note\n");
        append(file, 1, count);
        return file;
    }

    /** Appends rows with the ids from {@code first} to {@code last}. */
    static void append(Path file, int first, int last) throws IOException {
        try (Writer out = Files.newBufferedWriter(file, StandardCharsets.UTF_8, StandardOpenOption.APPEND)) {
            for (int id = first; id <= last; id++) {
                out.write(id + ",name of " + id + "," + id % 1000 + ".25,\"a note, quoted\"\n");
            }
        }
    }
}

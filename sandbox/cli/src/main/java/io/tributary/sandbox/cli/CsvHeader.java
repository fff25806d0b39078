package io.tributary.sandbox.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/** Looks whether a CSV file's first line is one column only because another character stands between its fields. Stateless. */
final class CsvHeader {
    private static final int LONGEST = 4096;
    private static final String CANDIDATES = ";\t|";

    private CsvHeader() {}

    /** The character that seems to stand between the fields of a .csv file in place of the comma. */
    static Optional<Character> otherDelimiter(Path file) throws IOException {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        if (!Files.isRegularFile(file) || !name.matches(".*\\.csv(\\.gz)?")) {
            return Optional.empty();
        }
        String header = firstLine(file, name.endsWith(".gz"));
        if (header.indexOf(',') >= 0) {
            return Optional.empty();
        }
        return CANDIDATES
                .chars()
                .mapToObj(candidate -> (char) candidate)
                .filter(candidate -> header.indexOf(candidate) >= 0)
                .findFirst();
    }

    private static String firstLine(Path file, boolean packed) throws IOException {
        try (InputStream raw = Files.newInputStream(file);
                InputStream content = packed ? new GZIPInputStream(raw) : raw) {
            String head = new String(content.readNBytes(LONGEST), StandardCharsets.ISO_8859_1);
            return head.lines().findFirst().orElse("");
        }
    }
}

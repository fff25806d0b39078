package io.tributary.sandbox.cli;

import java.nio.charset.Charset;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say how CSV files are written. Filled by picocli on the command's thread. */
final class CsvOptions {
    private static final String TAB = "\t";
    private static final int ASCII = 128;

    @Option(
            names = "--delimiter",
            paramLabel = "CHAR",
            description =
                    "What stands between a CSV row's fields, or the word tab. Default: a comma, in .tsv files a tab.")
    private @Nullable String delimiter;

    @Option(
            names = "--charset",
            paramLabel = "NAME",
            description = "What a CSV file's bytes mean, for example windows-1252. Default: UTF-8.")
    private @Nullable String charset;

    /** Whether the delimiter is said. */
    boolean delimited() {
        return delimiter != null;
    }

    /** The daemon's settings, checked; those that were not given are absent. */
    Map<String, String> settings() throws CommandFailure {
        Map<String, String> settings = new TreeMap<>();
        if (delimiter != null) {
            String character = delimiter.equals("tab") || delimiter.equals("\\t") ? TAB : delimiter;
            if (character.length() != 1 || character.charAt(0) >= ASCII || "\"\r\n".contains(character)) {
                throw CommandFailure.usage("--delimiter '" + delimiter
                        + "' is not one ASCII character other than a quote or a line end, nor the word tab");
            }
            settings.put("delimiter", character);
        }
        if (charset != null) {
            if (!isKnown(charset)) {
                throw CommandFailure.usage(
                        "--charset '" + charset + "' is not known; for example UTF-8, ISO-8859-1, " + "windows-1252");
            }
            settings.put("charset", charset);
        }
        return settings;
    }

    private static boolean isKnown(String name) {
        try {
            return Charset.isSupported(name);
        } catch (IllegalArgumentException noName) {
            return false;
        }
    }
}

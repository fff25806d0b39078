package io.tributary.producer.source.dataset.file;

import java.util.List;
import java.util.Locale;

/** Which files of a directory are data, by their names. */
public final class DataEndings {
    private static final List<String> CSV = List.of(".csv", ".tsv");
    private static final List<String> NDJSON = List.of(".ndjson", ".jsonl", ".json");

    private DataEndings() {}

    /** Whether the name, without {@code .gz}, is one of CSV. */
    public static boolean csv(String baseName) {
        return ends(baseName, CSV);
    }

    /** Whether the name, without {@code .gz}, is one of lines of JSON. */
    public static boolean ndjson(String baseName) {
        return ends(baseName, NDJSON);
    }

    /** What a directory without data lacks, for messages. */
    public static String all() {
        return "*" + String.join(", *", CSV) + ", *" + String.join(", *", NDJSON) + ", or one of these with .gz";
    }

    static boolean known(DataFile file) {
        return csv(file.baseName()) || ndjson(file.baseName());
    }

    private static boolean ends(String name, List<String> endings) {
        return endings.stream().anyMatch(name.toLowerCase(Locale.ROOT)::endsWith);
    }
}

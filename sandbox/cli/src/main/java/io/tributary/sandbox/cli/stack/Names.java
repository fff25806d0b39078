package io.tributary.sandbox.cli.stack;

import java.util.Locale;

/** How topics and tables are named after files. Pure. */
public final class Names {
    private static final int LONGEST_TOPIC = 200;

    private Names() {}

    /** The topic for a file or directory: its base name without endings, with {@code _} for what Kafka does not allow. */
    public static String topic(String fileName) {
        String base = fileName.replaceFirst("(?i)\\.(gz|gzip)$", "")
                .replaceFirst("(?i)\\.(csv|tsv|txt|ndjson|jsonl|json)$", "");
        String topic = base.replaceAll("[^A-Za-z0-9._-]", "_");
        if (topic.isEmpty() || topic.equals(".") || topic.equals("..")) {
            return "records";
        }
        return topic.length() > LONGEST_TOPIC ? topic.substring(0, LONGEST_TOPIC) : topic;
    }

    /** The table for a topic: {@code _} for what no SQL identifier has, in lower case, since SQL folds names. */
    public static String table(String topic) {
        String table = topic.replaceAll("[^A-Za-z0-9_]", "_").toLowerCase(Locale.ROOT);
        return Character.isDigit(table.charAt(0)) ? "_" + table : table;
    }

    /** The topic to which a source's bad rows go. */
    public static String rejectedTopic(String topic) {
        return topic + ".rejected";
    }
}

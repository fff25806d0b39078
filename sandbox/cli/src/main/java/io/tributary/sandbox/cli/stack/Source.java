package io.tributary.sandbox.cli.stack;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Files to publish. Immutable.
 *
 * @param name   the source's name; its checkpoint is kept under it
 * @param paths  files, directories, globs or S3 URLs
 * @param format {@code auto}, {@code csv} or {@code ndjson}; or {@code rejects}, see {@link #rejects}
 * @param csv    how CSV is written, by the daemon's own names; what is absent is its default
 * @param key    the columns that make up a record's key
 * @param topic  where the records go
 * @param follow whether to go on waiting for more
 * @param following an instance to follow in place of files
 */
public record Source(
        String name,
        List<String> paths,
        String format,
        Map<String, String> csv,
        List<String> key,
        String topic,
        boolean follow,
        Optional<Following> following) {
    private static final String REJECTS = "rejects";

    public Source {
        paths = List.copyOf(paths);
        csv = Map.copyOf(csv);
        key = List.copyOf(key);
    }

    /** Files. */
    public Source(
            String name,
            List<String> paths,
            String format,
            Map<String, String> csv,
            List<String> key,
            String topic,
            boolean follow) {
        this(name, paths, format, csv, key, topic, follow, Optional.empty());
    }

    /** An instance. */
    public static Source of(Following following, String topic) {
        return new Source(topic, List.of(), "", Map.of(), List.of(), topic, true, Optional.of(following));
    }

    /** Rejects to publish again, exported from the lake. They keep their keys, and which of them were published. */
    public static Source rejects(String topic, Path file) {
        return new Source("redrive-" + topic, List.of(file.toString()), REJECTS, Map.of(), List.of(), topic, false);
    }

    /** Whether these are rejects. */
    public boolean isRejects() {
        return format.equals(REJECTS);
    }

    /** The name of the process that publishes it. */
    public String process() {
        return "producer-" + name;
    }
}

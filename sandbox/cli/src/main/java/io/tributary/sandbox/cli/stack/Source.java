package io.tributary.sandbox.cli.stack;

import java.util.List;

/**
 * Files to publish. Immutable.
 *
 * @param name   the source's name; its checkpoint is kept under it
 * @param paths  files, directories, globs or S3 URLs
 * @param format {@code auto}, {@code csv} or {@code ndjson}
 * @param key    the columns that make up a record's key
 * @param topic  where the records go
 * @param follow whether to go on waiting for more
 */
public record Source(String name, List<String> paths, String format, List<String> key, String topic, boolean follow) {
    public Source {
        paths = List.copyOf(paths);
        key = List.copyOf(key);
    }

    /** The name of the process that publishes it. */
    public String process() {
        return "producer-" + name;
    }
}

package io.tributary.producer.source.dataset.file;

/**
 * A file as it was when it was looked at.
 *
 * @param name     what it is called everywhere: its absolute path, or its URL
 * @param size     in bytes
 * @param version  what changes with its content, where the store has such a thing; empty where not
 * @param modified when it was last written, in epoch milliseconds; 0 where the version says more
 */
public record DataFile(String name, long size, String version, long modified) {

    /** Whether the content is compressed with gzip, by its name. */
    public boolean gzip() {
        return name.endsWith(".gz");
    }

    /** The name without the folder and without {@code .gz}. */
    public String baseName() {
        String last = name.substring(name.lastIndexOf('/') + 1);
        return gzip() ? last.substring(0, last.length() - ".gz".length()) : last;
    }
}

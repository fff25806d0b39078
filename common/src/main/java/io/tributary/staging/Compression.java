package io.tributary.staging;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How the lines of a link are compressed; part of the link's name. */
public enum Compression {
    /** Read by Glue crawlers, Athena and Spark; the default, and always the codec of a chain's first link. */
    GZIP(".jsonl.gz"),
    /** Faster and smaller, but crawlers cannot read it. */
    ZSTD(".jsonl.zst");

    private final String suffix;

    Compression(String suffix) {
        this.suffix = suffix;
    }

    /** The end of an object's name, with its leading dot. */
    public String suffix() {
        return suffix;
    }

    /** The name used in metadata and configuration: lower case. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The codec with this {@link #label()}, if there is one. */
    public static Optional<Compression> ofLabel(String label) {
        return Arrays.stream(values())
                .filter(compression -> compression.label().equals(label))
                .findFirst();
    }
}

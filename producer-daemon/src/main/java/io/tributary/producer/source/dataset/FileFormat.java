package io.tributary.producer.source.dataset;

/** How a file's rows are written. */
public enum FileFormat {
    /** By the name's ending; where that says nothing, by the first character. */
    AUTO,
    /** Comma-separated values. */
    CSV,
    /** One JSON object a line. */
    NDJSON
}

package io.tributary.chaos;

/** What a process is. */
enum Kind {
    BROKER,
    S3,
    CATALOG,
    MERGE,
    PRODUCER,
    CONSUMER
}

package io.tributary.sandbox.cli.stack;

/** The servers that a stack may have. */
public enum Server {
    KAFKA,
    S3,
    CATALOG,
    /** Spark, which merges staging into the lake. */
    MERGE,
    /** Trino, which answers SQL. */
    SQL;

    /** The name of its process. */
    public String process() {
        return switch (this) {
            case KAFKA -> "kafka";
            case S3 -> "s3";
            case CATALOG -> "catalog";
            case MERGE -> "merge";
            case SQL -> "sql";
        };
    }
}

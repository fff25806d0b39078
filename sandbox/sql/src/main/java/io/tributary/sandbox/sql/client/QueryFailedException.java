package io.tributary.sandbox.sql.client;

import java.util.OptionalInt;

/** The engine refused or failed a query. The message is the engine's own, and names the position where it knows one. */
public final class QueryFailedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String errorName;
    private final int line;
    private final int column;

    QueryFailedException(String message, String errorName, int line, int column) {
        super(message);
        this.errorName = errorName;
        this.line = line;
        this.column = column;
    }

    /** Trino's name of the kind of error, such as {@code SYNTAX_ERROR}. */
    public String errorName() {
        return errorName;
    }

    /** The line of the query, from 1, where the engine names one. */
    public OptionalInt line() {
        return position(line);
    }

    /** The column in that line, from 1. */
    public OptionalInt column() {
        return position(column);
    }

    private static OptionalInt position(int value) {
        return value > 0 ? OptionalInt.of(value) : OptionalInt.empty();
    }
}

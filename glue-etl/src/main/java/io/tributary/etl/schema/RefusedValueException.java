package io.tributary.etl.schema;

/** A record's value cannot become a row; the message says why, for the table of rejects. */
public final class RefusedValueException extends Exception {
    private static final long serialVersionUID = 1L;

    public RefusedValueException(String reason) {
        super(reason, null, false, false);
    }
}

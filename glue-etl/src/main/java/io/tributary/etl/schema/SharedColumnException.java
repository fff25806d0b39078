package io.tributary.etl.schema;

/** Fields of one object share a column's name: the object must be read again with all its names in view. */
public final class SharedColumnException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Without a trace: there is nothing to tell, and it would cost more than reading the record. */
    public SharedColumnException() {
        super(null, null, false, false);
    }
}

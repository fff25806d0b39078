package io.tributary.etl.schema;

/** Fields of one object share a column's name: the object must be read again with all its names in view. */
public final class SharedColumnException extends Exception {
    private static final long serialVersionUID = 1L;

    /** There is nothing to tell, and building a trace for each such record would cost more than reading it. */
    public static final SharedColumnException INSTANCE = new SharedColumnException();

    private SharedColumnException() {
        super(null, null, false, false);
    }
}

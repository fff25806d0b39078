package io.tributary.producer.source.dataset.record;

/**
 * Finds where a record ends. It sees each byte once, in pieces of any size, and keeps its state from one piece to the
 * next. All lengths count from the record's first byte. Confined to one thread.
 */
public interface RecordScanner {
    /** The answer of {@link #scan} where the record goes on. */
    long MORE = -1;

    /** A new record begins with the next byte scanned. */
    void begin();

    /**
     * Goes on with the record.
     *
     * @param bytes the piece, of which {@code from} (inclusive) to {@code to} (exclusive) are the record's next bytes
     * @return the record's length, its line end included, which may lie within an earlier piece; or {@link #MORE}
     */
    long scan(byte[] bytes, int from, int to);

    /** Says that nothing follows what was scanned, which is at least one byte. Returns the record's length. */
    long finish();

    /** What is known of the record's form, once its length is. */
    Verdict verdict();

    /** The record's length without its line end. */
    long contentLength();

    /** How many lines end within the record, its own line end included. */
    int lineEnds();

    /** Whether a line end closed the record, and not the end of the stream. */
    boolean terminated();

    /** Whether all bytes are ASCII. May be false for a record that was cut although it holds only ASCII. */
    boolean ascii();

    /** Whether a NUL is among the bytes. May be true for a record that was cut before it. */
    boolean nul();

    /** Whether a quote stands inside a field that does not begin with one. */
    boolean bareQuote();
}

package io.tributary.producer.source.dataset.record;

/** What the bytes alone tell of a record, before anything is decoded. */
public enum Verdict {
    /** Its end is certain and its quoting in order. */
    GOOD,
    /** A closing quote is followed by text; the record's end is certain all the same. */
    TEXT_AFTER_QUOTE,
    /** A quote opens a field and nothing closes it: the record is cut at the end of the line that the field began on. */
    UNCLOSED_QUOTE
}

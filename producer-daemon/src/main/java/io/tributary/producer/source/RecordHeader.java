package io.tributary.producer.source;

/**
 * A header of a published record.
 *
 * @param name  its name
 * @param value UTF-8 text; not copied, never changed
 */
@SuppressWarnings("ArrayRecordComponent")
public record RecordHeader(String name, byte[] value) {}

package io.tributary.producer.source;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Something that a source yields for publishing. Arrays are handed over, not copied. */
public sealed interface SourceItem {

    /**
     * A record for the topic.
     *
     * @param key     null for none
     * @param value   JSON; null deletes the key
     * @param headers where it comes from
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Row(byte @Nullable [] key, byte @Nullable [] value, List<RecordHeader> headers) implements SourceItem {
        /** The bytes of its key and value. */
        public int size() {
            return (key == null ? 0 : key.length) + (value == null ? 0 : value.length);
        }
    }

    /**
     * What was refused, or a part of it, for the topic of rejects.
     *
     * @param value as {@link RejectedRow} encodes it
     * @param last  whether it is the row's last part: rows are counted, not parts
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Reject(byte[] value, boolean last) implements SourceItem {}
}

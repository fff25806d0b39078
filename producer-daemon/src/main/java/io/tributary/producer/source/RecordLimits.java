package io.tributary.producer.source;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The largest records that can be published, in bytes as {@link #size} counts them.
 *
 * @param topic          the topic's name, for messages
 * @param maxRow         for the topic
 * @param maxReject      for its rejects
 */
public record RecordLimits(String topic, int maxRow, int maxReject) {
    /** What a batch of one record adds at most: the batch's own header, the record's lengths and numbers. */
    private static final int OVERHEAD = 61 + 21 + 10;

    private static final int PER_HEADER = 10;

    /** The most that a record can take, uncompressed. */
    public static int size(byte @Nullable [] key, byte[] value, List<RecordHeader> headers) {
        int size = OVERHEAD + value.length + (key == null ? 0 : key.length);
        for (RecordHeader header : headers) {
            size += PER_HEADER + 3 * header.name().length() + header.value().length;
        }
        return size;
    }
}

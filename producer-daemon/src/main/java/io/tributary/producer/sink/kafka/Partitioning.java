package io.tributary.producer.sink.kafka;

import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/**
 * Chooses a record's partition: by its key as Kafka's own clients do, or, without a key, one after the other, each for as
 * many bytes as make a good batch. Confined to one thread.
 */
final class Partitioning {
    private static final int STICKY_BYTES = 128 * 1024;

    private final int partitions;
    private int current;
    private int bytes;

    Partitioning(int partitions) {
        this.partitions = partitions;
    }

    int choose(byte @Nullable [] key, int size) {
        if (key != null) {
            return ofKey(key, partitions);
        }
        if (bytes >= STICKY_BYTES) {
            bytes = 0;
            current = (current + 1) % partitions;
        }
        bytes += size;
        return current;
    }

    /** Goes on to the next partition: small batches spread too. */
    void rotate() {
        bytes = STICKY_BYTES;
    }

    static int ofKey(byte[] key, int partitions) {
        return Utils.toPositive(Utils.murmur2(key)) % partitions;
    }
}

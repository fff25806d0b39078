package io.tributary.etl.read;

import io.tributary.staging.Compression;
import io.tributary.staging.Link;
import io.tributary.staging.LinkMetadata;
import java.io.Serializable;

/**
 * A link to be merged, as the executors are told of it.
 *
 * @param topic       its topic
 * @param incarnation its topic's incarnation
 * @param partition   its partition
 * @param key         its object key
 * @param from        its first offset
 * @param next        the first offset after it
 * @param records     how many lines it has
 * @param digest      the digest of its lines
 * @param zstd        whether it is compressed with zstd; otherwise gzip
 * @param watermark   records below this offset are merged already
 * @param bytes       its compressed size
 * @param since       its first record's timestamp
 */
public record PendingLink(
        String topic,
        String incarnation,
        int partition,
        String key,
        long from,
        long next,
        long records,
        String digest,
        boolean zstd,
        long watermark,
        long bytes,
        long since)
        implements Serializable {

    static PendingLink of(Link link, String key, long watermark, long bytes) {
        return new PendingLink(
                link.name().chain().topic(),
                link.name().chain().incarnation(),
                link.name().chain().partition(),
                key,
                link.name().from(),
                link.metadata().next(),
                link.metadata().records(),
                link.metadata().digest(),
                link.name().compression() == Compression.ZSTD,
                watermark,
                bytes,
                link.metadata().timestamps().map(LinkMetadata.Timestamps::first).orElse(Long.MIN_VALUE));
    }
}

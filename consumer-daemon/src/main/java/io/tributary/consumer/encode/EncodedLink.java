package io.tributary.consumer.encode;

import io.tributary.consumer.store.LinkBody;
import io.tributary.staging.Compression;
import io.tributary.staging.LineDigest;
import java.util.List;

/**
 * A link's lines, encoded and compressed.
 *
 * @param body          the compressed bytes
 * @param digest        of the lines
 * @param lineBytes     how many bytes the lines have uncompressed
 * @param undecodable   how many lines carry an error instead of a value
 */
public record EncodedLink(LinkBody body, String digest, long lineBytes, long undecodable) {
    /** A link without lines. */
    public static EncodedLink empty(Compression compression) {
        List<byte[]> frame =
                compression == Compression.GZIP ? List.of(GzipFrame.header(), GzipFrame.trailer(0, 0)) : List.of();
        return new EncodedLink(new LinkBody(frame), LineDigest.ofNothing(), 0, 0);
    }
}

package io.tributary.consumer.chain;

import io.tributary.staging.Compression;
import io.tributary.staging.CutReason;
import io.tributary.staging.LinkMetadata;
import io.tributary.staging.LinkName;
import io.tributary.staging.OffsetRange;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A link that is closed and waits to be written: its name, what its metadata will say, and its body.
 *
 * @param name            where it will be created, if that name is free
 * @param next            the offset at which its successor begins
 * @param records         how many records it holds
 * @param timestamps      the first and last record's, absent without records
 * @param reason          why it was closed
 * @param began           on a first link, where consumption began if not at 0
 * @param lost            offsets that expired before they were read
 * @param nextCompression its successor's codec
 * @param opened          when its first record was read, in monotonic milliseconds
 * @param body            what the caller gathers the lines in
 */
public record CutLink<B>(
        LinkName name,
        long next,
        long records,
        Optional<LinkMetadata.Timestamps> timestamps,
        CutReason reason,
        OptionalLong began,
        Optional<OffsetRange> lost,
        Compression nextCompression,
        long opened,
        B body) {

    /** Its name's successor. */
    LinkName successor() {
        return new LinkName(name.chain(), next, nextCompression);
    }

    /**
     * The metadata to write with it.
     *
     * @param digest the digest of the body's uncompressed lines
     * @param writer unique to this process
     */
    public LinkMetadata metadata(String digest, String writer) {
        return new LinkMetadata(next, records, digest, timestamps, writer, reason, began, lost, nextCompression);
    }
}

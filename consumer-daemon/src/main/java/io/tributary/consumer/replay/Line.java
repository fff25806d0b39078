package io.tributary.consumer.replay;

import io.tributary.consumer.store.DamagedLinkException;
import io.tributary.consumer.store.StagedChain;
import io.tributary.consumer.store.StoreException;
import io.tributary.staging.LineDigest;
import io.tributary.staging.Link;
import io.tributary.staging.StagedLine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A line of a link.
 *
 * @param offset    the record's offset
 * @param timestamp the record's timestamp
 * @param bytes     the line with its line feed; not copied, never changed
 */
@SuppressWarnings("ArrayRecordComponent")
public record Line(long offset, long timestamp, byte[] bytes) {

    /** A link's lines; empty if it does not hold what its digest says. */
    static Optional<List<Line>> sound(StagedChain chain, Link link) throws StoreException {
        byte[] content;
        try {
            content = chain.content(link);
        } catch (DamagedLinkException damaged) {
            return Optional.empty();
        }
        LineDigest digest = new LineDigest();
        digest.update(content, 0, content.length);
        return digest.finish().equals(link.metadata().digest()) ? Optional.of(split(content)) : Optional.empty();
    }

    /**
     * The lines of a link's uncompressed content.
     *
     * @throws IllegalArgumentException if one of them is none
     */
    static List<Line> split(byte[] content) {
        List<Line> lines = new ArrayList<>();
        int from = 0;
        for (int at = 0; at < content.length; at++) {
            if (content[at] == '\n') {
                lines.add(of(Arrays.copyOfRange(content, from, at + 1)));
                from = at + 1;
            }
        }
        return lines;
    }

    private static Line of(byte[] bytes) {
        StagedLine parsed = StagedLine.parse(bytes);
        return new Line(parsed.offset(), parsed.timestamp(), bytes);
    }
}

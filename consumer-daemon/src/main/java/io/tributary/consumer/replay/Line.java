package io.tributary.consumer.replay;

import io.tributary.staging.StagedLine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A line of a link.
 *
 * @param offset    the record's offset
 * @param timestamp the record's timestamp
 * @param bytes     the line with its line feed; not copied, never changed
 */
@SuppressWarnings("ArrayRecordComponent")
public record Line(long offset, long timestamp, byte[] bytes) {

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

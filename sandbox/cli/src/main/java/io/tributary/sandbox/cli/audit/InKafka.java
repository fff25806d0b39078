package io.tributary.sandbox.cli.audit;

import io.tributary.staging.ChainId;
import io.tributary.staging.OffsetRange;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a read_committed reader finds in Kafka. Immutable.
 *
 * @param partitions the logs that exist; an incarnation whose topic was deleted is absent
 */
public record InKafka(Map<ChainId, Log> partitions) {
    public InKafka {
        partitions = Map.copyOf(partitions);
    }

    /**
     * One partition's log.
     *
     * @param retained from the first offset that has not expired to the end of what is committed
     * @param segments records counted between the boundaries of the staged links, ascending, covering {@code retained}
     */
    public record Log(OffsetRange retained, List<Segment> segments) {
        public Log {
            segments = List.copyOf(segments);
        }

        /** Records that can still be read. */
        public long readable() {
            return segments.stream().mapToLong(Segment::records).sum();
        }

        Optional<Segment> exactly(OffsetRange range) {
            return segments.stream()
                    .filter(segment -> segment.range().equals(range))
                    .findFirst();
        }

        /** Records within a range whose ends are boundaries of segments, where they are retained. */
        long within(OffsetRange range) {
            return segments.stream()
                    .filter(segment -> segment.range().from() >= range.from()
                            && segment.range().next() <= range.next())
                    .mapToLong(Segment::records)
                    .sum();
        }

        /** Records at or beyond an offset that is a boundary of segments. */
        long from(long offset) {
            return segments.stream()
                    .filter(segment -> segment.range().from() >= offset)
                    .mapToLong(Segment::records)
                    .sum();
        }
    }

    /**
     * Records between two boundaries.
     *
     * @param range   the offsets
     * @param records how many records they hold, transaction markers and aborted records not counted
     * @param digest  of the records encoded as staged lines; empty unless the audit is deep
     */
    public record Segment(OffsetRange range, long records, Optional<String> digest) {}
}

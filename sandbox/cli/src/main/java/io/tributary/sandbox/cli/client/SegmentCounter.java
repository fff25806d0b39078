package io.tributary.sandbox.cli.client;

import io.tributary.sandbox.cli.audit.InKafka;
import io.tributary.staging.ByteBuilder;
import io.tributary.staging.LineDigest;
import io.tributary.staging.LineEncoder;
import io.tributary.staging.LineHeader;
import io.tributary.staging.OffsetRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** Counts one partition's records between boundaries, as they come in order. Confined to one thread. */
final class SegmentCounter {
    private final List<Long> boundaries;
    private final boolean deep;
    private final List<InKafka.Segment> segments = new ArrayList<>();
    private final LineDigest digest = new LineDigest();
    private final ByteBuilder line = new ByteBuilder(1024);
    private long records;

    /**
     * A counter.
     *
     * @param boundaries ascending offsets, the first and last those of the log
     * @param deep       whether to take digests
     */
    SegmentCounter(List<Long> boundaries, boolean deep) {
        this.boundaries = boundaries;
        this.deep = deep;
    }

    long end() {
        return boundaries.get(boundaries.size() - 1);
    }

    void add(ConsumerRecord<byte[], byte[]> record) {
        if (record.offset() >= end()) {
            return;
        }
        while (record.offset() >= boundaries.get(segments.size() + 1)) {
            close();
        }
        records++;
        if (deep) {
            line.truncate(0);
            LineEncoder.encode(
                    record.offset(), record.timestamp(), record.key(), record.value(), headers(record), line);
            digest.update(line.array(), 0, line.length());
        }
    }

    InKafka.Log log() {
        while (segments.size() < boundaries.size() - 1) {
            close();
        }
        return new InKafka.Log(new OffsetRange(boundaries.get(0), end()), segments);
    }

    private void close() {
        int at = segments.size();
        segments.add(new InKafka.Segment(
                new OffsetRange(boundaries.get(at), boundaries.get(at + 1)),
                records,
                deep ? Optional.of(digest.finish()) : Optional.empty()));
        records = 0;
    }

    private static List<LineHeader> headers(ConsumerRecord<byte[], byte[]> record) {
        List<LineHeader> headers = new ArrayList<>();
        for (Header header : record.headers()) {
            headers.add(new RecordHeader(header));
        }
        return headers;
    }

    private record RecordHeader(Header header) implements LineHeader {
        @Override
        public String name() {
            return header.key();
        }

        @Override
        public byte @Nullable [] bytes() {
            return header.value();
        }
    }
}

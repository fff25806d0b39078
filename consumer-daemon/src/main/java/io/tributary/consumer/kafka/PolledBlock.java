package io.tributary.consumer.kafka;

import io.tributary.consumer.encode.RecordBlock;
import io.tributary.staging.ByteBuilder;
import io.tributary.staging.LineEncoder;
import io.tributary.staging.LineHeader;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** Records as Kafka's consumer gave them. Filled by the poll thread, then read by one encoder thread. */
final class PolledBlock implements RecordBlock {
    /** What a record's objects hold beside its bytes. */
    private static final int OVERHEAD = 200;

    private final List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    private long heldBytes;

    /** Adds a record and tells about how much memory it holds. */
    long add(ConsumerRecord<byte[], byte[]> record, int size) {
        long held = (long) size + OVERHEAD;
        for (Header header : record.headers().toArray()) {
            byte @Nullable [] value = header.value();
            held += header.key().length() + (value == null ? 0 : value.length);
        }
        records.add(record);
        heldBytes += held;
        return held;
    }

    @Override
    public int size() {
        return records.size();
    }

    @Override
    public long heldBytes() {
        return heldBytes;
    }

    @Override
    public LineEncoder.Outcome encode(int index, ByteBuilder out) {
        ConsumerRecord<byte[], byte[]> record = records.get(index);
        Header[] headers = record.headers().toArray();
        return LineEncoder.encode(
                record.offset(),
                record.timestamp(),
                record.key(),
                record.value(),
                headers.length == 0 ? List.of() : adapt(headers),
                out);
    }

    private static List<LineHeader> adapt(Header[] headers) {
        List<LineHeader> adapted = new ArrayList<>(headers.length);
        for (Header header : headers) {
            adapted.add(new PolledHeader(header.key(), header.value()));
        }
        return adapted;
    }

    // Lives for one line and is never compared, so an array as a component does no harm.
    @SuppressWarnings("ArrayRecordComponent")
    private record PolledHeader(String name, byte @Nullable [] bytes) implements LineHeader {}
}

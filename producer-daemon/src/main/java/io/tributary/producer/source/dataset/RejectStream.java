package io.tributary.producer.source.dataset;

import io.tributary.producer.source.RejectedRow;
import io.tributary.producer.source.SourceItem;
import io.tributary.producer.source.dataset.record.ByteStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;

/**
 * The parts of a refused row, whole, one at a time: the row may be far larger than memory, and then it is read once more.
 * Confined to one thread.
 */
final class RejectStream implements Closeable {
    private final RejectedRow row;
    private final InputStream raw;
    private final int maxReject;
    private final int perPart;
    private final int parts;
    private int part;

    private RejectStream(RejectedRow row, InputStream raw, long length, int maxReject) {
        this.row = row;
        this.raw = raw;
        this.maxReject = maxReject;
        this.perPart = row.rawPerPart(maxReject);
        this.parts = (int) Math.max(1, (length + perPart - 1) / perPart);
    }

    /** Of a row in memory. */
    static RejectStream of(RejectedRow row, InputStream raw, long length, int maxReject) {
        return new RejectStream(row, raw, length, maxReject);
    }

    /** Of a row that is read again. */
    static RejectStream reread(RejectedRow row, ByteStream content, int maxReject) throws IOException {
        return new RejectStream(row, content.open(row.from()), row.to() - row.from(), maxReject);
    }

    boolean done() {
        return part == parts;
    }

    /** The next part. */
    SourceItem.Reject next() throws IOException {
        part++;
        long before = (long) (part - 1) * perPart;
        byte[] piece = raw.readNBytes((int) Math.min(perPart, row.to() - row.from() - before));
        return new SourceItem.Reject(row.encode(piece, part, parts, maxReject), part == parts);
    }

    @Override
    public void close() throws IOException {
        raw.close();
    }
}

package io.tributary.producer.source.dataset.record;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Cuts a stream of bytes into records and says where each one stands. Holds at most the longest record that is allowed,
 * and 64 KiB; of a longer one it tells only the range. Confined to one thread; the accessors speak of the record that the
 * last {@link #next} found.
 */
public final class RecordReader implements Closeable {
    private static final int ROOM = 64 * 1024;

    private final ByteStream stream;
    private final RecordScanner scanner;
    private final int maxRecordBytes;

    private InputStream in;
    private byte[] buffer;
    /** The buffer's first byte stands here in the stream. */
    private long bufferOffset;

    private int limit;
    private int recordStart;
    private int recordEnd;
    private long offset;
    private long end;
    private long line;
    private long nextLine;
    private boolean held;

    /**
     * Opens the stream.
     *
     * @param offset         where the first record begins
     * @param line           the number of the line that it stands on, from 1
     * @param maxRecordBytes longer records are not held
     * @throws IOException if the stream cannot be read from there
     */
    public RecordReader(ByteStream stream, RecordScanner scanner, long offset, long line, int maxRecordBytes)
            throws IOException {
        this.stream = stream;
        this.scanner = scanner;
        this.maxRecordBytes = maxRecordBytes;
        this.buffer = new byte[4 * ROOM];
        this.bufferOffset = offset;
        this.end = offset;
        this.nextLine = line;
        this.in = stream.open(offset);
    }

    /**
     * Goes to the next record.
     *
     * @param whole whether the stream's end ends the last record; false leaves a record without line end for later
     * @return whether there is one
     */
    public boolean next(boolean whole) throws IOException {
        recordStart = recordEnd;
        offset = end;
        line = nextLine;
        scanner.begin();
        int scanned = recordStart;
        while (true) {
            if (scanned < limit) {
                long length = scanner.scan(buffer, scanned, limit);
                if (length != RecordScanner.MORE) {
                    return found(length);
                }
                scanned = limit;
            }
            if (limit - recordStart > maxRecordBytes) {
                return skim(whole);
            }
            scanned -= makeRoom();
            int count = in.read(buffer, limit, buffer.length - limit);
            if (count < 0) {
                return limit > recordStart && whole && found(scanner.finish());
            }
            limit += count;
        }
    }

    /** Whether any bytes follow the record. The record stays accessible, at another place of another array. */
    public boolean more() throws IOException {
        if (recordEnd < limit) {
            return true;
        }
        recordEnd -= makeRoom();
        int count = in.read(buffer, limit, buffer.length - limit);
        limit += Math.max(count, 0);
        return count >= 0;
    }

    /** The array that holds the record, between {@link #from()} and {@link #to()}. Valid until the next record. */
    public byte[] array() {
        return buffer;
    }

    public int from() {
        return recordStart;
    }

    /** Where the record ends in {@link #array()}, its line end left out. */
    public int to() {
        return recordStart + (int) scanner.contentLength();
    }

    /** Whether the record is in {@link #array()}. A longer one than allowed is not. */
    public boolean held() {
        return held;
    }

    /** Why a record that is not {@linkplain #held() held} is refused; {@code what} names it, such as "row". */
    public String tooLong(String what) {
        return "the " + what + " takes " + (contentEnd() - offset()) + " bytes, more than " + maxRecordBytes
                + " (source.max-record-bytes)";
    }

    /** Whether the record is nothing but a line end. */
    public boolean blank() {
        return scanner.contentLength() == 0;
    }

    /** Where the record begins in the stream. */
    public long offset() {
        return offset;
    }

    /** Where its content ends in the stream. */
    public long contentEnd() {
        return offset + scanner.contentLength();
    }

    /** Where the next record begins. */
    public long end() {
        return end;
    }

    /** The line on which the record begins, from 1. */
    public long line() {
        return line;
    }

    /** The line on which the next record begins. */
    public long nextLine() {
        return nextLine;
    }

    /** What the scanner knows of the record. */
    public RecordScanner form() {
        return scanner;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private boolean found(long length) {
        held = length <= maxRecordBytes;
        recordEnd = recordStart + (int) length;
        advance(length);
        return true;
    }

    private void advance(long length) {
        end = offset + length;
        nextLine = line + scanner.lineEnds();
    }

    /** Scans on without keeping the bytes; then goes back to where the next record begins. */
    private boolean skim(boolean whole) throws IOException {
        byte[] passing = new byte[ROOM];
        long length = RecordScanner.MORE;
        while (length == RecordScanner.MORE) {
            int count = in.read(passing, 0, passing.length);
            if (count < 0) {
                if (!whole) {
                    return false;
                }
                length = scanner.finish();
            } else {
                length = scanner.scan(passing, 0, count);
            }
        }
        long bufferEnd = bufferOffset + limit;
        if (length <= limit - recordStart) {
            reopen(bufferEnd);
            return found(length);
        }
        held = false;
        advance(length);
        limit = 0;
        recordStart = 0;
        recordEnd = 0;
        bufferOffset = end;
        reopen(end);
        return true;
    }

    private void reopen(long position) throws IOException {
        in.close();
        in = stream.open(position);
    }

    /** Makes room for more bytes of the record. Returns by how much the buffer's content moved forward. */
    private int makeRoom() {
        if (limit < buffer.length) {
            return 0;
        }
        int moved = recordStart;
        if (moved > 0) {
            System.arraycopy(buffer, moved, buffer, 0, limit - moved);
            limit -= moved;
            bufferOffset += moved;
            recordStart = 0;
        } else {
            int largest = Math.addExact(maxRecordBytes, ROOM);
            buffer = Arrays.copyOf(buffer, (int) Math.min(largest, buffer.length * 2L));
        }
        return moved;
    }
}

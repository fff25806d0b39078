package io.tributary.producer.source.dataset.file;

import io.tributary.producer.source.dataset.record.ByteStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongConsumer;
import java.util.zip.GZIPInputStream;

/** What is in a file, unpacked if it is compressed: offsets count unpacked bytes. */
public final class Contents implements ByteStream {
    private static final int BUFFER = 64 * 1024;

    private final FileStore store;
    private final DataFile file;
    private final LongConsumer position;

    /**
     * The contents of one file.
     *
     * @param position told how far into the stored bytes reading has come
     */
    public Contents(FileStore store, DataFile file, LongConsumer position) {
        this.store = store;
        this.file = file;
        this.position = position;
    }

    @Override
    public InputStream open(long offset) throws IOException {
        if (!file.gzip()) {
            return new Told(store.open(file, offset), offset);
        }
        InputStream stored = new Told(store.open(file, 0), 0);
        try {
            InputStream unpacked = new GZIPInputStream(stored, BUFFER);
            unpacked.skipNBytes(offset);
            return unpacked;
        } catch (EOFException tooShort) {
            stored.close();
            throw new EOFException(file.name() + ": ends before byte " + offset + " of its unpacked content");
        } catch (IOException failure) {
            stored.close();
            throw failure;
        }
    }

    /** Tells how far reading has come, and never claims to be at the end: gzip looks there for a further member. */
    private final class Told extends FilterInputStream {
        private long at;

        Told(InputStream in, long offset) {
            super(in);
            this.at = offset;
        }

        @Override
        public int read() throws IOException {
            int value = super.read();
            if (value >= 0) {
                position.accept(++at);
            }
            return value;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int count = super.read(bytes, offset, length);
            if (count > 0) {
                at += count;
                position.accept(at);
            }
            return count;
        }

        @Override
        public long skip(long count) throws IOException {
            long skipped = super.skip(count);
            at += skipped;
            return skipped;
        }

        @Override
        public int available() {
            return 1;
        }
    }
}

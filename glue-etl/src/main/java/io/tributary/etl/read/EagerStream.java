package io.tributary.etl.read;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * A buffered stream that only says it has nothing available at its very end. The JDK's gzip reader takes "nothing
 * available" for the end of a file of several members, which on a network only means that the next bytes are under way.
 */
final class EagerStream extends FilterInputStream {
    private final byte[] buffer = new byte[1 << 16];
    private int at;
    private int end;

    EagerStream(InputStream in) {
        super(in);
    }

    @Override
    public int read() throws IOException {
        return fill() ? buffer[at++] & 0xff : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int count = Math.min(length, end - at);
        System.arraycopy(buffer, at, target, offset, count);
        at += count;
        return count;
    }

    @Override
    public int available() throws IOException {
        return fill() ? end - at : 0;
    }

    @Override
    public long skip(long count) throws IOException {
        long skipped = Math.min(count, available());
        at += (int) skipped;
        return skipped;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    private boolean fill() throws IOException {
        while (at == end) {
            int count = in.read(buffer, 0, buffer.length);
            if (count < 0) {
                return false;
            }
            at = 0;
            end = count;
        }
        return true;
    }
}

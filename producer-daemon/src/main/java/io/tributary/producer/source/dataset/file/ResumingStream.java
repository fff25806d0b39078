package io.tributary.producer.source.dataset.file;

import java.io.IOException;
import java.io.InputStream;

/** Reads on after a broken connection, from where it broke. Confined to one thread. */
final class ResumingStream extends InputStream {
    private static final int TRIES = 5;

    /** Opens the rest. */
    interface Opener {
        InputStream open(long offset) throws IOException;
    }

    private final Opener opener;
    private long position;
    private InputStream in;

    ResumingStream(long offset, Opener opener) throws IOException {
        this.opener = opener;
        this.position = offset;
        this.in = opener.open(offset);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        for (int failures = 0; ; ) {
            try {
                int count = in.read(bytes, offset, length);
                position += Math.max(count, 0);
                return count;
            } catch (ReplacedException final_) {
                throw final_;
            } catch (IOException broken) {
                if (++failures >= TRIES) {
                    throw broken;
                }
                closeQuietly();
                in = opener.open(position);
            }
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private void closeQuietly() {
        try {
            in.close();
        } catch (IOException brokenAnyway) {
            // It is replaced.
        }
    }
}

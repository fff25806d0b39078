package io.tributary.etl.read;

import com.github.luben.zstd.ZstdInputStream;
import io.tributary.staging.LineDigest;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;

/**
 * The lines of one link, read as a stream and checked against its metadata: a line is only to be trusted once
 * {@link #next()} has said that there are no more. Confined to one thread; owns the stream.
 */
final class LinkLines implements AutoCloseable {
    private static final int CHUNK = 1 << 17;

    private final PendingLink link;
    private final InputStream in;
    private final LineDigest digest = new LineDigest();
    private byte[] buffer = new byte[CHUNK];
    private int lineStart;
    private int lineEnd;
    private int scanned;
    private int filled;
    private boolean ended;
    private long lines;

    LinkLines(PendingLink link, InputStream compressed) throws IOException {
        this.link = link;
        InputStream counted = new EagerStream(compressed);
        this.in = link.zstd() ? new ZstdInputStream(counted) : new GZIPInputStream(counted, CHUNK / 2);
    }

    /**
     * Moves to the next line.
     *
     * @return false after the last line, once all lines are found to be those that were staged
     * @throws CorruptLinkException if they are not
     */
    boolean next() throws IOException {
        lineStart = scanned;
        while (true) {
            for (int at = scanned; at < filled; at++) {
                if (buffer[at] == '\n') {
                    lineEnd = at;
                    scanned = at + 1;
                    lines++;
                    return true;
                }
            }
            scanned = filled;
            if (ended) {
                verifyEnd();
                return false;
            }
            fill();
        }
    }

    /** The bytes that hold the line; valid until the next call. */
    byte[] buffer() {
        return buffer;
    }

    /** Where the line begins. */
    int start() {
        return lineStart;
    }

    /** How long it is, without its line feed. */
    int length() {
        return lineEnd - lineStart;
    }

    private void fill() throws IOException {
        if (lineStart > 0) {
            System.arraycopy(buffer, lineStart, buffer, 0, filled - lineStart);
            filled -= lineStart;
            scanned -= lineStart;
            lineStart = 0;
        }
        if (filled == buffer.length) {
            buffer = Arrays.copyOf(buffer, buffer.length * 2);
        }
        int count;
        try {
            count = in.read(buffer, filled, buffer.length - filled);
        } catch (java.util.zip.ZipException | com.github.luben.zstd.ZstdIOException | java.io.EOFException broken) {
            throw new CorruptLinkException(link.key(), "it cannot be decompressed (" + broken.getMessage() + ")");
        }
        if (count < 0) {
            ended = true;
        } else {
            digest.update(buffer, filled, count);
            filled += count;
        }
    }

    private void verifyEnd() {
        if (filled > lineStart) {
            throw new CorruptLinkException(link.key(), "its last line has no line feed");
        }
        if (lines != link.records()) {
            throw new CorruptLinkException(
                    link.key(), "it has " + lines + " lines, but its metadata says " + link.records());
        }
        String found = digest.finish();
        if (!found.equals(link.digest())) {
            throw new CorruptLinkException(
                    link.key(), "its lines have the digest " + found + ", but its metadata says " + link.digest());
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}

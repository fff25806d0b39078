package io.tributary.consumer.encode;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** What stands around the slices of a gzip member (RFC 1952). */
final class GzipFrame {
    private static final byte[] HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};
    private static final int TRAILER = 10;

    private GzipFrame() {}

    /** No name and no time, so that equal lines give equal objects. */
    static byte[] header() {
        return HEADER.clone();
    }

    /** An empty last block, the checksum and the length of the uncompressed bytes. */
    static byte[] trailer(long crc32, long length) {
        return ByteBuffer.allocate(TRAILER)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put((byte) 3)
                .put((byte) 0)
                .putInt((int) crc32)
                .putInt((int) length)
                .array();
    }
}

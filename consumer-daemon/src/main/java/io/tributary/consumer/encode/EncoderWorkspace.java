package io.tributary.consumer.encode;

import io.tributary.staging.ByteBuilder;

/** What one encoder thread works with. Confined to that thread. */
final class EncoderWorkspace implements AutoCloseable {
    private static final int INITIAL = 512 * 1024;
    /** A larger builder, grown by a huge record, is not kept. */
    private static final int KEPT = 4 * 1024 * 1024;

    private final SliceCompressor compressor;
    private ByteBuilder lines = new ByteBuilder(INITIAL);

    EncoderWorkspace(SliceCompressor compressor) {
        this.compressor = compressor;
    }

    /** An empty builder. */
    ByteBuilder lines() {
        if (lines.array().length > KEPT) {
            lines = new ByteBuilder(INITIAL);
        }
        lines.truncate(0);
        return lines;
    }

    SliceCompressor compressor() {
        return compressor;
    }

    @Override
    public void close() {
        compressor.close();
    }
}

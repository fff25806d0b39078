package io.tributary.consumer.encode;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import io.tributary.staging.ByteBuilder;
import io.tributary.staging.Compression;
import java.util.Arrays;
import java.util.zip.Deflater;

/**
 * Compresses slices of links, each by itself, so that one thread's compressor serves every link and no memory outside
 * the heap belongs to a partition. A gzip slice is raw deflate that ends on a byte boundary: slices of a link follow
 * one another in a single gzip member. A zstd slice is a frame. Confined to one thread; holds native memory until
 * closed.
 */
final class SliceCompressor implements AutoCloseable {
    private final Deflater deflater;
    private final ZstdCompressCtx zstd = new ZstdCompressCtx();
    private byte[] out = new byte[64 * 1024];

    SliceCompressor(int gzipLevel, int zstdLevel) {
        deflater = new Deflater(gzipLevel, true);
        zstd.setLevel(zstdLevel);
    }

    byte[] compress(Compression compression, ByteBuilder slice) {
        return switch (compression) {
            case GZIP -> deflate(slice);
            case ZSTD -> zstd(slice);
        };
    }

    private byte[] deflate(ByteBuilder slice) {
        deflater.reset();
        deflater.setInput(slice.array(), 0, slice.length());
        int length = 0;
        while (true) {
            length += deflater.deflate(out, length, out.length - length, Deflater.SYNC_FLUSH);
            if (length < out.length) {
                return Arrays.copyOf(out, length);
            }
            out = Arrays.copyOf(out, out.length * 2);
        }
    }

    private byte[] zstd(ByteBuilder slice) {
        int most = (int) Zstd.compressBound(slice.length());
        if (out.length < most) {
            out = new byte[most];
        }
        int length = zstd.compressByteArray(out, 0, out.length, slice.array(), 0, slice.length());
        return Arrays.copyOf(out, length);
    }

    @Override
    public void close() {
        deflater.end();
        zstd.close();
    }
}

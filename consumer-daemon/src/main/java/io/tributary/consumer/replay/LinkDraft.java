package io.tributary.consumer.replay;

import com.github.luben.zstd.ZstdOutputStream;
import io.tributary.consumer.store.LinkBody;
import io.tributary.staging.Compression;
import io.tributary.staging.CutReason;
import io.tributary.staging.LineDigest;
import io.tributary.staging.LinkMetadata;
import io.tributary.staging.LinkName;
import io.tributary.staging.OffsetRange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.zip.GZIPOutputStream;

/** A link while its lines are gathered, compressed as they come. Confined to one thread. */
final class LinkDraft {
    private final LinkName name;
    private final ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    private final OutputStream out;
    private final LineDigest digest = new LineDigest();
    private long records;
    private long bytes;
    private long firstTimestamp;
    private long lastTimestamp;

    LinkDraft(LinkName name) {
        this.name = name;
        try {
            out = name.compression() == Compression.GZIP
                    ? new GZIPOutputStream(compressed)
                    : new ZstdOutputStream(compressed);
        } catch (IOException cannotHappenInMemory) {
            throw new UncheckedIOException(cannotHappenInMemory);
        }
    }

    LinkName name() {
        return name;
    }

    long records() {
        return records;
    }

    long bytes() {
        return bytes;
    }

    void add(Line line) {
        digest.update(line.bytes(), 0, line.bytes().length);
        try {
            out.write(line.bytes());
        } catch (IOException cannotHappenInMemory) {
            throw new UncheckedIOException(cannotHappenInMemory);
        }
        firstTimestamp = records == 0 ? line.timestamp() : firstTimestamp;
        lastTimestamp = line.timestamp();
        records++;
        bytes += line.bytes().length;
    }

    /** The compressed lines; nothing can be added afterwards. */
    LinkBody body() {
        try {
            out.close();
        } catch (IOException cannotHappenInMemory) {
            throw new UncheckedIOException(cannotHappenInMemory);
        }
        return new LinkBody(List.of(compressed.toByteArray()));
    }

    /** Its metadata, once. */
    LinkMetadata metadata(
            long next,
            String writer,
            CutReason cut,
            OptionalLong began,
            Optional<OffsetRange> lost,
            Compression following) {
        return new LinkMetadata(
                next,
                records,
                digest.finish(),
                records == 0
                        ? Optional.empty()
                        : Optional.of(new LinkMetadata.Timestamps(firstTimestamp, lastTimestamp)),
                writer,
                cut,
                began,
                lost,
                following);
    }
}

package io.tributary.sandbox.lake;

import io.tributary.staging.ByteBuilder;
import io.tributary.staging.ChainId;
import io.tributary.staging.Compression;
import io.tributary.staging.CutReason;
import io.tributary.staging.LineDigest;
import io.tributary.staging.LineEncoder;
import io.tributary.staging.LinkMetadata;
import io.tributary.staging.LinkName;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/** Stages one chain as the consumer would: records are added, and cut into links. Confined to one thread. */
final class StagedChain {
    private final S3Client s3;
    private final ChainId chain;
    private final ByteBuilder lines = new ByteBuilder(1024);
    private long from;
    private long offset;

    StagedChain(S3Client s3, String topic, int partition) {
        this.s3 = s3;
        this.chain = new ChainId(topic, "inc", partition);
    }

    StagedChain record(@Nullable String key, String json) {
        byte[] keyBytes = key == null ? null : key.getBytes(StandardCharsets.UTF_8);
        LineEncoder.encode(offset, 1 + offset, keyBytes, json.getBytes(StandardCharsets.UTF_8), List.of(), lines);
        offset++;
        return this;
    }

    /** Closes the link. */
    StagedChain cut() throws IOException {
        byte[] content = lines.toArray();
        LineDigest digest = new LineDigest();
        digest.update(content, 0, content.length);
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
            gzip.write(content);
        }
        LinkMetadata metadata = new LinkMetadata(
                offset,
                offset - from,
                digest.finish(),
                Optional.of(new LinkMetadata.Timestamps(1 + from, offset)),
                "it",
                CutReason.AGE,
                OptionalLong.empty(),
                Optional.empty(),
                Compression.GZIP);
        s3.putObject(
                PutObjectRequest.builder()
                        .bucket(MergeFile.BUCKET)
                        .key(new LinkName(chain, from, Compression.GZIP).key("staging"))
                        .metadata(metadata.toMap())
                        .build(),
                RequestBody.fromBytes(compressed.toByteArray()));
        from = offset;
        lines.truncate(0);
        return this;
    }
}

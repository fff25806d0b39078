package io.tributary.etl;

import com.github.luben.zstd.Zstd;
import io.tributary.staging.ByteBuilder;
import io.tributary.staging.ChainId;
import io.tributary.staging.Compression;
import io.tributary.staging.CutReason;
import io.tributary.staging.LineDigest;
import io.tributary.staging.LineEncoder;
import io.tributary.staging.LineHeader;
import io.tributary.staging.LinkMetadata;
import io.tributary.staging.LinkName;
import io.tributary.staging.SwitchMark;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/** Writes one chain to the S3 server as the consumer would: records are added, and cut into links. */
final class StagedChain {
    /** A header of a record. */
    record Header(String name, byte @Nullable [] bytes) implements LineHeader {}

    private final String prefix;
    private final ChainId chain;
    private final ByteBuilder lines = new ByteBuilder(1024);
    private final List<Long> timestamps = new ArrayList<>();
    private Compression codec = Compression.GZIP;
    private Compression next = Compression.GZIP;
    private boolean severalMembers;
    private long from;
    private long offset;

    StagedChain(String prefix, String topic, int partition) {
        this(prefix, new ChainId(topic, "inc-" + topic, partition));
    }

    StagedChain(String prefix, ChainId chain) {
        this.prefix = prefix;
        this.chain = chain;
    }

    ChainId id() {
        return chain;
    }

    /** Links after the next one are compressed by this. */
    StagedChain compressNextBy(Compression compression) {
        next = compression;
        return this;
    }

    /** The next link's gzip is written in several members. */
    StagedChain inSeveralMembers() {
        severalMembers = true;
        return this;
    }

    StagedChain record(@Nullable String key, @Nullable String json) {
        return record(key, json, 1_700_000_000_000L + offset, List.of());
    }

    StagedChain record(@Nullable String key, @Nullable String json, long timestamp) {
        return record(key, json, timestamp, List.of());
    }

    StagedChain record(@Nullable String key, @Nullable String json, long timestamp, List<Header> headers) {
        return bytes(
                key == null ? null : key.getBytes(StandardCharsets.UTF_8),
                json == null ? null : json.getBytes(StandardCharsets.UTF_8),
                timestamp,
                headers);
    }

    StagedChain bytes(byte @Nullable [] key, byte @Nullable [] value, long timestamp, List<Header> headers) {
        LineEncoder.encode(offset, timestamp, key, value, headers, lines);
        timestamps.add(timestamp);
        offset++;
        return this;
    }

    /** Offsets without a record, such as a transaction's marker. */
    StagedChain gap(int offsets) {
        offset += offsets;
        return this;
    }

    /** Closes the link. */
    StagedChain cut() {
        byte[] content = lines.toArray();
        LineDigest digest = new LineDigest();
        digest.update(content, 0, content.length);
        put(content, timestamps.size(), digest.finish());
        return this;
    }

    /** Closes the link with metadata that does not describe it. */
    StagedChain cutWith(long records, String digest) {
        put(lines.toArray(), records, digest);
        return this;
    }

    private void put(byte[] content, long records, String digest) {
        LinkName name = new LinkName(chain, from, codec);
        LinkMetadata metadata = new LinkMetadata(
                offset,
                records,
                digest,
                timestamps.isEmpty()
                        ? Optional.empty()
                        : Optional.of(
                                new LinkMetadata.Timestamps(timestamps.get(0), timestamps.get(timestamps.size() - 1))),
                "test",
                CutReason.RECORDS,
                OptionalLong.empty(),
                Optional.empty(),
                next);
        put(name.key(prefix), metadata.toMap(), compressed(content));
        from = offset;
        codec = next;
        lines.truncate(0);
        timestamps.clear();
        severalMembers = false;
    }

    /** Ends the chain here, as a switch would: it goes on under another prefix. */
    StagedChain switchTo(String generation) {
        mark(from);
        LinkName name = new LinkName(chain, from, codec);
        put(name.key(prefix), LinkMetadata.seal(name, "switch", generation).toMap(), compressed(new byte[0]));
        return this;
    }

    /** Someone meant to end the chain at an offset. */
    StagedChain mark(long at) {
        put(SwitchMark.key(prefix, new LinkName(chain, at, codec)), Map.of(), new byte[0]);
        return this;
    }

    /** Removes the mark at which the chain ends. */
    void deleteMark() {
        S3Process.shared()
                .client()
                .deleteObject(request ->
                        request.bucket(S3Process.BUCKET).key(SwitchMark.key(prefix, new LinkName(chain, from, codec))));
    }

    private static void put(String key, Map<String, String> metadata, byte[] content) {
        S3Process.shared()
                .client()
                .putObject(
                        PutObjectRequest.builder()
                                .bucket(S3Process.BUCKET)
                                .key(key)
                                .ifNoneMatch("*")
                                .metadata(metadata)
                                .build(),
                        RequestBody.fromBytes(content));
    }

    /** Removes the link that begins at an offset. */
    void delete(long linkFrom, Compression compression) {
        S3Process.shared()
                .client()
                .deleteObject(request ->
                        request.bucket(S3Process.BUCKET).key(new LinkName(chain, linkFrom, compression).key(prefix)));
    }

    /** The link that begins at an offset says nothing of itself any more. */
    void damage(long linkFrom) {
        S3Process.shared()
                .client()
                .putObject(
                        request -> request.bucket(S3Process.BUCKET)
                                .key(new LinkName(chain, linkFrom, Compression.GZIP).key(prefix)),
                        RequestBody.empty());
    }

    /** The first offsets of the links that are there. */
    List<Long> links() {
        return S3Process.shared()
                .client()
                .listObjectsV2(request -> request.bucket(S3Process.BUCKET).prefix(chain.keyPrefix(prefix)))
                .contents()
                .stream()
                .flatMap(object -> LinkName.parse(prefix, object.key()).stream())
                .map(LinkName::from)
                .toList();
    }

    private byte[] compressed(byte[] content) {
        if (codec == Compression.ZSTD) {
            return Zstd.compress(content);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            int middle = severalMembers ? content.length / 2 : content.length;
            try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
                gzip.write(content, 0, middle);
            }
            if (severalMembers) {
                try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
                    gzip.write(content, middle, content.length - middle);
                }
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toByteArray();
    }
}

package io.tributary.consumer.it;

import io.tributary.staging.ChainCheck;
import io.tributary.staging.ChainId;
import io.tributary.staging.Compression;
import io.tributary.staging.Link;
import io.tributary.staging.LinkMetadata;
import io.tributary.staging.LinkName;
import io.tributary.staging.StagedLine;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Object;

/** A chain read back with nothing of the daemon's own: each digest, range and count is checked on the way. */
record StagedChain(List<Link> links, List<StagedLine> lines) {

    /** The offset at which the chain's next link will begin. */
    long end() {
        return links.isEmpty() ? 0 : links.get(links.size() - 1).metadata().next();
    }

    static StagedChain read(S3Client s3, String bucket, String prefix, ChainId chain) {
        List<Link> links = new ArrayList<>();
        List<StagedLine> lines = new ArrayList<>();
        List<String> keys =
                s3
                        .listObjectsV2Paginator(list -> list.bucket(bucket).prefix(chain.keyPrefix(prefix)))
                        .contents()
                        .stream()
                        .map(S3Object::key)
                        .collect(Collectors.toList());
        for (String key : keys) {
            LinkName name = LinkName.parse(prefix, key).orElseThrow(() -> new AssertionError("odd object " + key));
            ResponseBytes<GetObjectResponse> object =
                    s3.getObjectAsBytes(get -> get.bucket(bucket).key(key));
            Link link =
                    new Link(name, LinkMetadata.parse(name, object.response().metadata()));
            byte[] text = decompress(name.compression(), object.asByteArrayUnsafe());
            require(link.metadata().digest().equals("sha256:" + sha256(text)), key + ": digest");
            List<StagedLine> own = lines(text);
            require(own.size() == link.metadata().records(), key + ": records");
            for (StagedLine line : own) {
                require(
                        line.offset() >= name.from()
                                && line.offset() < link.metadata().next(),
                        key + ": offset " + line.offset());
            }
            links.add(link);
            lines.addAll(own);
        }
        require(ChainCheck.faults(0, links).isEmpty(), chain + ": " + ChainCheck.faults(0, links));
        return new StagedChain(links, lines);
    }

    private static List<StagedLine> lines(byte[] text) {
        return new String(text, StandardCharsets.UTF_8)
                .lines()
                .map(line -> StagedLine.parse(line.getBytes(StandardCharsets.UTF_8)))
                .collect(Collectors.toList());
    }

    private static byte[] decompress(Compression compression, byte[] content) {
        try (InputStream in = compression == Compression.GZIP
                ? new GZIPInputStream(new ByteArrayInputStream(content))
                : new com.github.luben.zstd.ZstdInputStream(new ByteArrayInputStream(content))) {
            return in.readAllBytes();
        } catch (IOException corrupt) {
            throw new AssertionError(corrupt);
        }
    }

    private static String sha256(byte[] text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new AssertionError(everyJdkHasIt);
        }
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError(what);
        }
    }
}

package io.tributary.sandbox.cli.client;

import com.github.luben.zstd.ZstdInputStream;
import io.tributary.aws.S3Settings;
import io.tributary.sandbox.cli.audit.Staged;
import io.tributary.sandbox.cli.stack.Endpoints;
import io.tributary.staging.ChainId;
import io.tributary.staging.Compression;
import io.tributary.staging.Link;
import io.tributary.staging.LinkMetadata;
import io.tributary.staging.LinkName;
import io.tributary.staging.MalformedLinkException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketAlreadyOwnedByYouException;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * The staged objects. Remembers the links it has seen, since a link never changes. Confined to one thread; the owner
 * closes it.
 */
public final class StagingBucket implements AutoCloseable {
    private static final String PREFIX = "staging";
    private static final int CONNECTIONS = 8;
    private static final int RETRIES = 8;

    private final S3Client s3;
    private final String bucket;
    private final Map<LinkName, Link> seen = new HashMap<>();
    private final Map<ChainId, LinkName> newest = new HashMap<>();

    /** Connects; nothing is sent yet. */
    public StagingBucket(Endpoints endpoints) {
        bucket = endpoints.bucket();
        s3 = new S3Settings(
                        Optional.of("us-east-1"),
                        Optional.of(URI.create(endpoints.s3())),
                        true,
                        Optional.of(new S3Settings.Keys(endpoints.s3AccessKey(), endpoints.s3SecretKey())))
                .client(CONNECTIONS, RETRIES);
    }

    /** Makes the bucket if it is missing. */
    public void create() {
        boolean there = s3.listBuckets().buckets().stream()
                .anyMatch(existing -> existing.name().equals(bucket));
        if (!there) {
            try {
                s3.createBucket(request -> request.bucket(bucket));
            } catch (BucketAlreadyOwnedByYouException meanwhile) {
                // Which is what was wanted.
            }
        }
    }

    /** Where each chain ends now; a chain without links is absent. Costs in proportion to what is new. */
    public Map<ChainId, Long> ends(Iterable<ChainId> chains) {
        Map<ChainId, Long> ends = new HashMap<>();
        for (ChainId chain : chains) {
            LinkName last = newest.get(chain);
            for (S3Object object : list(chain.keyPrefix(PREFIX), last == null ? "" : last.key(PREFIX))) {
                LinkName.parse(PREFIX, object.key())
                        .ifPresent(name -> newest.put(chain, head(name).name()));
            }
            LinkName end = newest.get(chain);
            if (end != null) {
                ends.put(chain, head(end).metadata().next());
            }
        }
        return ends;
    }

    /** Records in all links that were seen so far. */
    public long recordsSeen() {
        return seen.values().stream()
                .mapToLong(link -> link.metadata().records())
                .sum();
    }

    /** Records in the links that were seen so far, by chain. */
    public Map<ChainId, Long> recordsByChain() {
        Map<ChainId, Long> records = new HashMap<>();
        seen.values()
                .forEach(link ->
                        records.merge(link.name().chain(), link.metadata().records(), Long::sum));
        return records;
    }

    /**
     * All links under the staging prefix.
     *
     * @param deep whether to read each link's lines
     */
    public Staged read(boolean deep) throws IOException {
        Map<ChainId, List<Link>> chains = new HashMap<>();
        Map<LinkName, Staged.Content> contents = new HashMap<>();
        List<Staged.Malformed> malformed = new ArrayList<>();
        for (S3Object object : list(PREFIX + "/", "")) {
            Optional<LinkName> name = LinkName.parse(PREFIX, object.key());
            if (name.isEmpty()) {
                continue;
            }
            try {
                Link link = head(name.get());
                chains.computeIfAbsent(link.name().chain(), chain -> new ArrayList<>())
                        .add(link);
                if (deep) {
                    contents.put(link.name(), content(link));
                }
            } catch (MalformedLinkException bad) {
                malformed.add(
                        new Staged.Malformed(name.get().chain(), name.get().from(), String.valueOf(bad.getMessage())));
            }
        }
        chains.values().forEach(links -> links.sort((left, right) -> left.name().compareTo(right.name())));
        return new Staged(chains, contents, malformed);
    }

    private Iterable<S3Object> list(String prefix, String after) {
        return s3.listObjectsV2Paginator(request -> {
                    request.bucket(bucket).prefix(prefix);
                    if (!after.isEmpty()) {
                        request.startAfter(after);
                    }
                })
                .contents();
    }

    private Link head(LinkName name) {
        Link known = seen.get(name);
        if (known != null) {
            return known;
        }
        HeadObjectResponse head =
                s3.headObject(request -> request.bucket(bucket).key(name.key(PREFIX)));
        Link link = new Link(name, LinkMetadata.parse(name, head.metadata()));
        seen.put(name, link);
        return link;
    }

    private Staged.Content content(Link link) throws IOException {
        LinkScan scan = new LinkScan(link);
        try (InputStream object = s3.getObject(
                        request -> request.bucket(bucket).key(link.name().key(PREFIX)));
                InputStream lines = decompress(object, link.name().compression())) {
            scan.read(lines);
        }
        return scan.content();
    }

    private static InputStream decompress(InputStream object, Compression compression) throws IOException {
        BufferedInputStream buffered = new BufferedInputStream(object, 1 << 16);
        return switch (compression) {
            case GZIP -> new GZIPInputStream(buffered, 1 << 16);
            case ZSTD -> new ZstdInputStream(buffered);
        };
    }

    @Override
    public void close() {
        s3.close();
    }
}

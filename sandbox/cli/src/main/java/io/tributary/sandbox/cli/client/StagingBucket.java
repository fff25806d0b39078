package io.tributary.sandbox.cli.client;

import com.github.luben.zstd.ZstdInputStream;
import io.tributary.aws.S3Settings;
import io.tributary.sandbox.cli.audit.Staged;
import io.tributary.sandbox.cli.stack.Endpoints;
import io.tributary.staging.ChainId;
import io.tributary.staging.Compression;
import io.tributary.staging.GenerationPath;
import io.tributary.staging.Link;
import io.tributary.staging.LinkMetadata;
import io.tributary.staging.LinkName;
import io.tributary.staging.MalformedLinkException;
import io.tributary.staging.SwitchMark;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketAlreadyOwnedByYouException;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * The staged objects. Remembers the links it has seen, since a link never changes. Used by one thread at a time; the
 * owner closes it.
 */
public final class StagingBucket implements AutoCloseable {
    private static final String PREFIX = "staging";
    private static final GenerationPath HOME = GenerationPath.of(PREFIX);
    private static final int CONNECTIONS = 8;
    private static final int RETRIES = 8;

    private final S3Client s3;
    private final String bucket;
    private final Map<ChainId, Map<LinkName, Link>> seen = new HashMap<>();
    private final Map<ChainId, GenerationPath> paths = new HashMap<>();
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
            catchUp(chain);
            LinkName end = newest.get(chain);
            if (end != null) {
                ends.put(chain, head(path(chain).prefix(), end).metadata().next());
            }
        }
        return ends;
    }

    private void catchUp(ChainId chain) {
        while (true) {
            String prefix = path(chain).prefix();
            LinkName last = newest.get(chain);
            List<LinkName> marks = new ArrayList<>();
            for (S3Object object : list(chain.keyPrefix(prefix), last == null ? "" : last.key(prefix))) {
                LinkName.parse(prefix, object.key())
                        .ifPresent(name -> newest.put(chain, head(prefix, name).name()));
                SwitchMark.parse(prefix, object.key()).ifPresent(marks::add);
            }
            Optional<Link> seal = GenerationPath.seal(marks, name -> find(prefix, name));
            if (seal.isEmpty()) {
                return;
            }
            advance(chain, path(chain).then(seal.get()));
        }
    }

    /** The same records may be in other links there: all are counted anew. */
    private void advance(ChainId chain, GenerationPath path) {
        if (!path.equals(path(chain))) {
            paths.put(chain, path);
            newest.remove(chain);
            seen.remove(chain);
        }
    }

    private GenerationPath path(ChainId chain) {
        return paths.getOrDefault(chain, HOME);
    }

    /** Records in all links that were seen so far. */
    public long recordsSeen() {
        return recordsByChain().values().stream().mapToLong(Long::longValue).sum();
    }

    /** Records in the links that were seen so far, by chain. */
    public Map<ChainId, Long> recordsByChain() {
        Map<ChainId, Long> records = new HashMap<>();
        seen.forEach((chain, links) -> records.put(
                chain,
                links.values().stream()
                        .mapToLong(link -> link.metadata().records())
                        .sum()));
        return records;
    }

    /**
     * All links under the staging prefix, and of chains that were switched those of the generation that they are in.
     *
     * @param deep whether to read each link's lines
     */
    public Staged read(boolean deep) throws IOException {
        Map<ChainId, List<LinkName>> names = new HashMap<>();
        Set<ChainId> marked = new HashSet<>();
        for (S3Object object : list(PREFIX + "/", "")) {
            LinkName.parse(PREFIX, object.key())
                    .ifPresent(name -> names.computeIfAbsent(name.chain(), chain -> new ArrayList<>())
                            .add(name));
            SwitchMark.parse(PREFIX, object.key()).ifPresent(name -> marked.add(name.chain()));
        }
        Reading reading = new Reading(deep);
        for (ChainId chain : marked) {
            try {
                advance(chain, path(chain).follow(chain, new Marks()));
                if (!path(chain).equals(HOME)) {
                    names.put(chain, names(chain, path(chain).prefix()));
                }
            } catch (MalformedLinkException bad) {
                reading.malformed.add(new Staged.Malformed(chain, 0, String.valueOf(bad.getMessage())));
            }
        }
        for (Map.Entry<ChainId, List<LinkName>> chain : names.entrySet()) {
            reading.read(chain.getKey(), chain.getValue());
        }
        return new Staged(reading.chains, reading.contents, reading.malformed, paths);
    }

    private List<LinkName> names(ChainId chain, String prefix) {
        List<LinkName> names = new ArrayList<>();
        list(chain.keyPrefix(prefix), "")
                .forEach(object -> LinkName.parse(prefix, object.key()).ifPresent(names::add));
        return names;
    }

    /** What was read of staging so far. */
    private final class Reading {
        private final boolean deep;
        private final Map<ChainId, List<Link>> chains = new HashMap<>();
        private final Map<LinkName, Staged.Content> contents = new HashMap<>();
        private final List<Staged.Malformed> malformed = new ArrayList<>();

        Reading(boolean deep) {
            this.deep = deep;
        }

        void read(ChainId chain, List<LinkName> names) throws IOException {
            String prefix = path(chain).prefix();
            List<Link> links = new ArrayList<>();
            for (LinkName name : names) {
                try {
                    Link link = head(prefix, name);
                    links.add(link);
                    if (deep) {
                        contents.put(name, content(prefix, link));
                    }
                } catch (MalformedLinkException bad) {
                    malformed.add(new Staged.Malformed(chain, name.from(), String.valueOf(bad.getMessage())));
                }
            }
            links.sort((left, right) -> left.name().compareTo(right.name()));
            chains.put(chain, links);
        }
    }

    /** Asks one generation for what ends a chain in it. */
    private final class Marks implements GenerationPath.Probe<RuntimeException> {
        @Override
        public List<LinkName> marks(String prefix, ChainId chain) {
            List<LinkName> marks = new ArrayList<>();
            list(SwitchMark.keyPrefix(prefix, chain), "")
                    .forEach(object -> SwitchMark.parse(prefix, object.key()).ifPresent(marks::add));
            return marks;
        }

        @Override
        public Optional<Link> head(String prefix, LinkName name) {
            return find(prefix, name);
        }
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

    private Link head(String prefix, LinkName name) {
        return seen.computeIfAbsent(name.chain(), chain -> new HashMap<>())
                .computeIfAbsent(name, unseen -> ask(prefix, unseen));
    }

    private Optional<Link> find(String prefix, LinkName name) {
        try {
            return Optional.of(ask(prefix, name));
        } catch (NoSuchKeyException absent) {
            return Optional.empty();
        }
    }

    private Link ask(String prefix, LinkName name) {
        HeadObjectResponse head =
                s3.headObject(request -> request.bucket(bucket).key(name.key(prefix)));
        return new Link(name, LinkMetadata.parse(name, head.metadata()));
    }

    private Staged.Content content(String prefix, Link link) throws IOException {
        LinkScan scan = new LinkScan(link);
        try (InputStream object = s3.getObject(
                        request -> request.bucket(bucket).key(link.name().key(prefix)));
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

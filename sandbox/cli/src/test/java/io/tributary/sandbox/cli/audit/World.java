package io.tributary.sandbox.cli.audit;

import io.tributary.staging.ChainId;
import io.tributary.staging.Compression;
import io.tributary.staging.CutReason;
import io.tributary.staging.LineDigest;
import io.tributary.staging.Link;
import io.tributary.staging.LinkMetadata;
import io.tributary.staging.LinkName;
import io.tributary.staging.OffsetRange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/** A whole pipeline at rest in which everything is equal, and which a test then damages. Confined to one thread. */
final class World {
    static final String TABLE = "flights";

    final Map<ChainId, Long> published = new HashMap<>();
    final Map<ChainId, InKafka.Log> logs = new HashMap<>();
    final Map<ChainId, List<Link>> chains = new HashMap<>();
    final Map<LinkName, Staged.Content> contents = new HashMap<>();
    final Map<ChainId, Lake.Watermark> watermarks = new HashMap<>();
    final TreeMap<String, Long> ended = new TreeMap<>();
    long records;
    long rows;

    /** A random one: gaps of transaction markers, links of all sizes, sometimes an expired head. */
    static World random(RandomGenerator random, int partitions) {
        World world = new World();
        for (int partition = 0; partition < partitions; partition++) {
            world.partition(random, new ChainId("flights", "aaa", partition));
        }
        long superseded = world.records == 0 ? 0 : random.nextLong(world.records + 1);
        world.ended.put("live", world.records - superseded);
        world.ended.put("superseded", superseded);
        world.rows = world.records - superseded;
        return world;
    }

    private void partition(RandomGenerator random, ChainId chain) {
        List<Link> links = new ArrayList<>();
        List<InKafka.Segment> segments = new ArrayList<>();
        long offset = 0;
        long inChain = 0;
        int count = 1 + random.nextInt(6);
        for (int at = 0; at < count; at++) {
            long held = random.nextInt(50);
            long next = offset + held + 1 + random.nextInt(3);
            String digest = "sha256:" + chain.partition() + "/" + at;
            Link link = link(chain, offset, next, held, digest);
            links.add(link);
            contents.put(link.name(), new Staged.Content(held, digest, Optional.empty()));
            segments.add(new InKafka.Segment(new OffsetRange(offset, next), held, Optional.of(digest)));
            inChain += held;
            offset = next;
        }
        int expired = random.nextInt(3) == 0 ? random.nextInt(count) : 0;
        long start = expired == 0 ? 0 : segments.get(expired).range().from();
        logs.put(chain, new InKafka.Log(new OffsetRange(start, offset), segments.subList(expired, count)));
        chains.put(chain, links);
        published.put(chain, inChain);
        watermarks.put(chain, new Lake.Watermark(offset, inChain));
        records += inChain;
    }

    /** Puts a skip in the place of a link: its records were never staged. */
    void skip(ChainId chain, int at) {
        instead(chain, at, CutReason.SKIP, Optional.empty());
    }

    /** A link's records, and all of that log, expired before they were read: a link without records names them. */
    void expireUnread(ChainId chain, int at) {
        List<Link> links = chains.getOrDefault(chain, List.of());
        instead(chain, at, CutReason.AGE, Optional.of(links.get(at).range()));
        long end = log(chain).retained().next();
        logs.put(chain, new InKafka.Log(new OffsetRange(end, end), List.of()));
    }

    private void instead(ChainId chain, int at, CutReason cut, Optional<OffsetRange> lost) {
        List<Link> links = new ArrayList<>(chains.getOrDefault(chain, List.of()));
        Link link = links.get(at);
        long held = link.metadata().records();
        LinkMetadata empty = new LinkMetadata(
                link.metadata().next(),
                0,
                LineDigest.ofNothing(),
                Optional.empty(),
                "writer-1",
                cut,
                OptionalLong.empty(),
                lost,
                Compression.GZIP);
        links.set(at, new Link(link.name(), cut == CutReason.SKIP ? empty.because("a test") : empty));
        chains.put(chain, links);
        contents.put(link.name(), new Staged.Content(0, LineDigest.ofNothing(), Optional.empty()));
        watermarks.put(
                chain,
                new Lake.Watermark(watermark(chain).next(), watermark(chain).records() - held));
        records -= held;
        rows = records;
        ended.clear();
        ended.put("live", records);
    }

    static Link link(ChainId chain, long from, long next, long held, String digest) {
        return new Link(
                new LinkName(chain, from, Compression.GZIP),
                new LinkMetadata(
                        next,
                        held,
                        digest,
                        Optional.empty(),
                        "writer",
                        CutReason.AGE,
                        OptionalLong.empty(),
                        Optional.empty(),
                        Compression.GZIP));
    }

    /** Declares that a chain's first links are cleaned up. Returns how many. */
    int clean(ChainId chain, int first) {
        List<Link> links = chains.getOrDefault(chain, List.of());
        long held = links.subList(0, first).stream()
                .mapToLong(link -> link.metadata().records())
                .sum();
        Lake.Watermark before = watermark(chain);
        watermarks.put(
                chain,
                new Lake.Watermark(
                        before.next(),
                        before.records(),
                        new Lake.Cleaned(links.get(first).name().from(), held)));
        return first;
    }

    AuditReport audit() {
        return Audit.compare(
                new Feeds(Map.of("flights", List.of(TABLE))),
                new Published(published),
                new InKafka(logs),
                new Staged(chains, contents, List.of(), Map.of()),
                new Lake(List.of(new Lake.Table(TABLE, watermarks, new Lake.Counts(records, ended), rows, List.of()))));
    }

    InKafka.Log log(ChainId chain) {
        return Objects.requireNonNull(logs.get(chain));
    }

    Lake.Watermark watermark(ChainId chain) {
        return Objects.requireNonNull(watermarks.get(chain));
    }

    ChainId anyChain(RandomGenerator random) {
        return new ChainId("flights", "aaa", random.nextInt(chains.size()));
    }
}

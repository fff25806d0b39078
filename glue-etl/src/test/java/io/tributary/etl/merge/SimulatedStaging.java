package io.tributary.etl.merge;

import io.tributary.etl.read.ChainPosition;
import io.tributary.etl.read.ChainStore.StoredLink;
import io.tributary.staging.ChainCheck;
import io.tributary.staging.ChainId;
import io.tributary.staging.Compression;
import io.tributary.staging.CutReason;
import io.tributary.staging.Link;
import io.tributary.staging.LinkMetadata;
import io.tributary.staging.LinkName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;

/**
 * Chains of links with records in them. What an offset holds follows from the log's number, wherever links are cut.
 * Remembers what was ever staged. Confined to one thread.
 */
final class SimulatedStaging {
    static final String TOPIC = "t";
    static final String REJECTED = "t.rejected";
    static final int PARTITIONS = 2;
    private static final int KEYS = 4;
    private static final int MOST_LINKS = 14;
    private static final int MOST_OFFSETS = 5;

    private final long log;
    private final boolean tombstones;
    private final Map<ChainId, List<StagedLink>> chains = new LinkedHashMap<>();
    private final Map<LinkName, Instant> present = new HashMap<>();
    private int staged;
    private int changes;
    private Instant now = Instant.EPOCH;

    SimulatedStaging(long log, boolean tombstones) {
        this.log = log;
        this.tombstones = tombstones;
        for (int partition = 0; partition < PARTITIONS; partition++) {
            chains.put(new ChainId(TOPIC, "i", partition), new ArrayList<>());
        }
        chains.put(new ChainId(REJECTED, "i", 0), new ArrayList<>());
    }

    /** What a record is. Of a doubtful one, the rules of the time say whether it is refused. */
    enum Kind {
        VALUE,
        TOMBSTONE,
        BAD,
        DOUBTFUL
    }

    /** A record. */
    record StagedRecord(ChainId chain, long offset, int key, Kind kind) {
        SimulatedTable.Row row() {
            return new SimulatedTable.Row(chain, offset, key);
        }
    }

    /** A link and what it holds; {@code since} orders the links of all chains. */
    record StagedLink(Link link, List<StagedRecord> records, int since) {
        long next() {
            return link.metadata().next();
        }
    }

    /** What a run merges at once. */
    record Batch(List<StagedLink> links, Map<ChainId, ChainPosition> after) {
        static final Batch NONE = new Batch(List.of(), Map.of());

        List<StagedRecord> records() {
            return links.stream().flatMap(link -> link.records().stream()).toList();
        }
    }

    Instant now() {
        return now;
    }

    /** How often links came or went. */
    int changes() {
        return changes;
    }

    void age(int amount) {
        now = now.plusSeconds(amount);
    }

    List<ChainId> chains() {
        return List.copyOf(chains.keySet());
    }

    private ChainId chain(int who) {
        return chains().get(who % chains.size());
    }

    /** Stages a link on some chain. */
    void stage(int who, int amount) {
        if (staged == MOST_LINKS) {
            return;
        }
        ChainId chain = chain(who);
        long from = end(chain);
        long next = from + 1 + amount % MOST_OFFSETS;
        List<StagedRecord> records = new ArrayList<>();
        for (long offset = from; offset < next; offset++) {
            SplittableRandom random = random(chain, offset);
            if (random.nextInt(4) > 0) {
                // A key stays in its partition.
                int key = random.nextInt(KEYS) * PARTITIONS + chain.partition();
                records.add(new StagedRecord(chain, offset, key, kind(random)));
            }
        }
        LinkName name = new LinkName(chain, from, Compression.GZIP);
        LinkMetadata metadata = new LinkMetadata(
                next,
                records.size(),
                "",
                Optional.empty(),
                "",
                CutReason.AGE,
                OptionalLong.empty(),
                Optional.empty(),
                Compression.GZIP);
        // Timestamps are producers': a link may be older than those that were staged before it.
        int since = random(chain, -1 - from).nextInt(100);
        all(chain).add(new StagedLink(new Link(name, metadata), List.copyOf(records), since));
        present.put(name, now);
        staged++;
        changes++;
    }

    private SplittableRandom random(ChainId chain, long offset) {
        int place = chain.topic().equals(REJECTED) ? PARTITIONS : chain.partition();
        return new SplittableRandom((log * (PARTITIONS + 1) + place) * 100_003 + offset);
    }

    private Kind kind(SplittableRandom random) {
        return switch (random.nextInt(8)) {
            case 0 -> Kind.BAD;
            case 1 -> Kind.DOUBTFUL;
            case 2, 3 -> tombstones ? Kind.TOMBSTONE : Kind.VALUE;
            default -> Kind.VALUE;
        };
    }

    /** All links that a chain ever had. */
    List<StagedLink> all(ChainId chain) {
        return chains.computeIfAbsent(chain, none -> new ArrayList<>());
    }

    /** The records that were ever staged of a topic. */
    List<StagedRecord> records(String topic) {
        return chains.entrySet().stream()
                .filter(entry -> entry.getKey().topic().equals(topic))
                .flatMap(entry -> entry.getValue().stream())
                .flatMap(link -> link.records().stream())
                .toList();
    }

    /** The links that a chain has now. */
    List<StagedLink> present(ChainId chain) {
        return all(chain).stream()
                .filter(link -> present.containsKey(link.link().name()))
                .toList();
    }

    /** The first links that a chain has now, as the store lists them. */
    List<StoredLink> list(ChainId chain, int most) {
        return present(chain).stream()
                .limit(most)
                .map(link -> new StoredLink(
                        link.link().name(),
                        "staging",
                        1,
                        present.getOrDefault(link.link().name(), now)))
                .toList();
    }

    LinkMetadata metadata(LinkName name) {
        return all(name.chain()).stream()
                .filter(link -> link.link().name().equals(name))
                .findFirst()
                .orElseThrow()
                .link()
                .metadata();
    }

    /** When a link was staged; empty if it is not there. */
    Optional<Instant> stagedAt(LinkName name) {
        return Optional.ofNullable(present.get(name));
    }

    void delete(LinkName name) {
        changes++;
        present.remove(name);
    }

    /** The newest links that a chain has no more are there again. Returns how many. */
    int restore(int who, int amount) {
        changes++;
        List<StagedLink> links = all(chain(who));
        int restored = 0;
        for (int at = links.size() - 1; at >= 0 && restored < 1 + amount % 2; at--) {
            if (present.putIfAbsent(links.get(at).link().name(), now) == null) {
                restored++;
            }
        }
        return restored;
    }

    /** Whether all links of a batch are still there. */
    boolean holds(Batch batch) {
        return batch.links().stream()
                .allMatch(link -> present.containsKey(link.link().name()));
    }

    /** The next batch of a topic, as the job's reader finds it. */
    Batch read(String topic, Map<ChainId, ChainPosition> watermark, int mostLinks, Mutant mutant) {
        Map<ChainId, ChainPosition> after = new LinkedHashMap<>();
        Map<ChainId, List<StagedLink>> tails = new LinkedHashMap<>();
        for (ChainId chain : chains.keySet()) {
            List<StagedLink> links = present(chain);
            if (chain.topic().equals(topic) && (!links.isEmpty() || watermark.containsKey(chain))) {
                ChainPosition position = watermark.getOrDefault(chain, ChainPosition.START);
                after.put(chain, position);
                tails.put(chain, tail(chain, position, links, mutant));
            }
        }
        List<StagedLink> taken = new ArrayList<>();
        while (taken.size() < mostLinks) {
            Optional<List<StagedLink>> oldest = tails.values().stream()
                    .filter(tail -> !tail.isEmpty())
                    .min((left, right) ->
                            Integer.compare(left.get(0).since(), right.get(0).since()));
            if (oldest.isEmpty()) {
                break;
            }
            StagedLink link = oldest.get().remove(0);
            taken.add(link);
            LinkName name = link.link().name();
            ChainPosition before = after.getOrDefault(name.chain(), ChainPosition.START);
            after.put(
                    name.chain(),
                    new ChainPosition(
                            link.next(), before.records() + link.records().size(), name.from()));
        }
        return new Batch(List.copyOf(taken), after);
    }

    private static List<StagedLink> tail(ChainId chain, ChainPosition position, List<StagedLink> links, Mutant mutant) {
        List<StagedLink> listed = new ArrayList<>(links.stream()
                .filter(link -> link.link().name().from() >= position.link())
                .toList());
        boolean again = mutant == Mutant.NO_DROP_BELOW_THE_WATERMARK;
        if (position.knowsLink() && !(again && listed.size() > 1)) {
            if (listed.isEmpty() || listed.get(0).link().name().from() != position.link()) {
                throw new BrokenException("chain " + chain + ": the last merged link is no longer staged: " + position);
            }
            StagedLink last = listed.remove(0);
            if (last.next() != position.next()) {
                throw new BrokenException("chain " + chain + ": the watermark " + position + " is no link's end");
            }
        }
        List<ChainCheck.Fault> faults = again
                ? List.of()
                : ChainCheck.faults(
                        position.next(), listed.stream().map(StagedLink::link).toList());
        if (!faults.isEmpty()) {
            throw new BrokenException("chain " + chain + " behind " + position + ": " + faults);
        }
        return listed;
    }

    /** The position behind the link that covers an offset. */
    ChainPosition positionAfter(ChainId chain, long offset, ChainPosition cleaned) {
        long records = cleaned.records();
        for (StagedLink link : present(chain)) {
            if (link.link().name().from() >= cleaned.next()) {
                records += link.records().size();
                if (link.next() > offset) {
                    return new ChainPosition(
                            link.next(), records, link.link().name().from());
                }
            }
        }
        throw new BrokenException("no link of " + chain + " covers offset " + offset);
    }

    /** Where a chain ends. */
    long end(ChainId chain) {
        List<StagedLink> links = all(chain);
        return links.isEmpty() ? 0 : links.get(links.size() - 1).next();
    }

    /** An invariant does not hold. */
    static final class BrokenException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        BrokenException(String message) {
            super(message);
        }
    }
}

package io.tributary.etl.merge;

import io.tributary.etl.read.ChainPosition;
import io.tributary.staging.ChainCheck;
import io.tributary.staging.ChainId;
import io.tributary.staging.Compression;
import io.tributary.staging.CutReason;
import io.tributary.staging.Link;
import io.tributary.staging.LinkMetadata;
import io.tributary.staging.LinkName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;

/** Chains of links with records in them. Confined to one thread. */
final class SimulatedStaging {
    static final String TOPIC = "t";
    static final String REJECTED = "t.rejected";
    static final int PARTITIONS = 2;
    private static final int KEYS = 4;

    private final Map<ChainId, List<StagedLink>> chains = new LinkedHashMap<>();
    private int staged;

    SimulatedStaging() {
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
    record StagedLink(Link link, List<StagedRecord> records, int since) {}

    /** What a run merges at once. */
    record Batch(List<StagedRecord> records, Map<ChainId, ChainPosition> after) {}

    int links() {
        return staged;
    }

    /** Stages a link on some chain. */
    void stage(SplittableRandom random, boolean upsert) {
        List<ChainId> all = new ArrayList<>(chains.keySet());
        ChainId chain = all.get(random.nextInt(all.size()));
        List<StagedLink> links = chains.getOrDefault(chain, List.of());
        long from = links.isEmpty()
                ? 0
                : links.get(links.size() - 1).link().metadata().next();
        long offset = from;
        List<StagedRecord> records = new ArrayList<>();
        for (int count = random.nextInt(4); count > 0; count--) {
            offset += random.nextInt(4) == 0 ? 1 : 0;
            // A key stays in its partition.
            int key = random.nextInt(KEYS) * PARTITIONS + chain.partition();
            records.add(new StagedRecord(chain, offset++, key, kind(random, upsert)));
        }
        long next = records.isEmpty() ? offset + 1 : offset;
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
        links.add(new StagedLink(new Link(name, metadata), List.copyOf(records), random.nextInt(100)));
        staged++;
    }

    private static Kind kind(SplittableRandom random, boolean upsert) {
        return switch (random.nextInt(8)) {
            case 0 -> Kind.BAD;
            case 1 -> Kind.DOUBTFUL;
            case 2, 3 -> upsert ? Kind.TOMBSTONE : Kind.VALUE;
            default -> Kind.VALUE;
        };
    }

    List<StagedRecord> all(String topic) {
        return chains.entrySet().stream()
                .filter(entry -> entry.getKey().topic().equals(topic))
                .flatMap(entry -> entry.getValue().stream())
                .flatMap(link -> link.records().stream())
                .toList();
    }

    /** The next batch of a topic, as the job's reader finds it. */
    Batch read(String topic, Map<ChainId, ChainPosition> watermark, int mostLinks, Mutant mutant) {
        Map<ChainId, ChainPosition> after = new LinkedHashMap<>();
        Map<ChainId, List<StagedLink>> tails = new LinkedHashMap<>();
        chains.forEach((chain, links) -> {
            if (chain.topic().equals(topic) && !links.isEmpty()) {
                ChainPosition position = watermark.getOrDefault(chain, ChainPosition.START);
                after.put(chain, position);
                tails.put(chain, tail(chain, position, links, mutant));
            }
        });
        List<StagedRecord> records = new ArrayList<>();
        for (int taken = 0; taken < mostLinks; taken++) {
            Optional<ChainId> oldest = tails.entrySet().stream()
                    .filter(entry -> !entry.getValue().isEmpty())
                    .min((left, right) -> Integer.compare(
                            left.getValue().get(0).since(),
                            right.getValue().get(0).since()))
                    .map(Map.Entry::getKey);
            if (oldest.isEmpty()) {
                break;
            }
            List<StagedLink> tail = tails.getOrDefault(oldest.get(), List.of());
            StagedLink link = tail.remove(0);
            records.addAll(link.records());
            ChainPosition before = after.getOrDefault(oldest.get(), ChainPosition.START);
            after.put(
                    oldest.get(),
                    new ChainPosition(
                            link.link().metadata().next(),
                            before.records() + link.records().size(),
                            link.link().name().from()));
        }
        return new Batch(List.copyOf(records), after);
    }

    private static List<StagedLink> tail(ChainId chain, ChainPosition position, List<StagedLink> links, Mutant mutant) {
        List<StagedLink> listed = new ArrayList<>(links.stream()
                .filter(link -> link.link().name().from() >= position.link())
                .toList());
        boolean again = mutant == Mutant.NO_DROP_BELOW_THE_WATERMARK;
        if (position.knowsLink() && !(again && listed.size() > 1)) {
            StagedLink last = listed.remove(0);
            if (last.link().metadata().next() != position.next()) {
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
    ChainPosition positionAfter(ChainId chain, long offset) {
        long records = 0;
        for (StagedLink link : chains.getOrDefault(chain, List.of())) {
            records += link.records().size();
            if (link.link().metadata().next() > offset) {
                return new ChainPosition(
                        link.link().metadata().next(),
                        records,
                        link.link().name().from());
            }
        }
        throw new BrokenException("no link of " + chain + " covers offset " + offset);
    }

    /** Where a chain ends. */
    long end(ChainId chain) {
        List<StagedLink> links = chains.getOrDefault(chain, List.of());
        return links.isEmpty()
                ? 0
                : links.get(links.size() - 1).link().metadata().next();
    }

    Iterable<ChainId> chains() {
        return chains.keySet();
    }

    /** An invariant does not hold. */
    static final class BrokenException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        BrokenException(String message) {
            super(message);
        }
    }
}

package io.tributary.consumer.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.consumer.chain.RollPolicy;
import io.tributary.consumer.store.DamagedLinkException;
import io.tributary.consumer.store.FaultyStagingStore;
import io.tributary.consumer.store.InMemoryStagingStore;
import io.tributary.consumer.store.LinkBody;
import io.tributary.consumer.store.StagingStore;
import io.tributary.consumer.store.StoreException;
import io.tributary.consumer.upload.Patience;
import io.tributary.daemon.UsageException;
import io.tributary.staging.ChainCheck;
import io.tributary.staging.ChainId;
import io.tributary.staging.Compression;
import io.tributary.staging.CutReason;
import io.tributary.staging.Link;
import io.tributary.staging.LinkMetadata;
import io.tributary.staging.LinkName;
import io.tributary.staging.OffsetRange;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.LongStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class ReplayPropertyTest {
    private static final ChainId CHAIN = new ChainId("t", "i", 0);
    private static final RollPolicy ROLL = new RollPolicy(4, 1 << 20, Duration.ofSeconds(1), Duration.ofSeconds(1));

    /** What Kafka has or had: offset to line. */
    private final TreeMap<Long, Line> records = new TreeMap<>();

    private Optional<String> incarnation = Optional.of("i");
    private Patience patience = new Patience(1, 1, line -> {});
    private InMemoryStagingStore old = new InMemoryStagingStore();
    private long end;
    private long holeFrom = Long.MAX_VALUE;
    private long holeNext;

    @Property(tries = 100)
    void aGenerationIsWholeAndDiffersWhereItWasAskedToAndNowhereElse(@ForAll long seed) throws Exception {
        Random random = new Random(seed);
        stage(random);
        long logStart = random.nextInt(3) == 0 ? random.nextLong(Math.min(end, holeFrom) + 1) : 0;
        long from = random.nextLong(end + 1);
        OffsetRange asked = new OffsetRange(from, from + random.nextLong(end - from + 1));
        OffsetRange retained = new OffsetRange(logStart, end);
        Map<Long, String> before = lines(old);
        Map<Long, String> wanted = new TreeMap<>(before);
        records.forEach((offset, line) -> {
            boolean again = offset >= asked.from() && offset < asked.next() && offset >= logStart;
            if (again || inHole(offset)) {
                wanted.put(offset, new String(line.bytes(), StandardCharsets.UTF_8));
            }
        });

        InMemoryStagingStore generation = new InMemoryStagingStore();
        StagingStore faulty = new FaultyStagingStore(generation);
        // Every fault ends the run like a crash: another begins anew.
        while (true) {
            try {
                replay(faulty).run(CHAIN, words(asked), retained);
                break;
            } catch (StoreException crashed) {
                assertThat(crashed.isRefused()).isFalse();
            }
        }

        List<Link> links = new MemoryChain(generation).links(CHAIN);
        assertThat(ChainCheck.faults(0, links)).isEmpty();
        assertThat(lines(generation)).isEqualTo(wanted);
        assertThat(marks(links)).isEqualTo(marks(new MemoryChain(old).links(CHAIN)));
        assertThat(ends(links)).containsAll(ends(new MemoryChain(old).links(CHAIN)));
        long writes = generation.writes();
        assertThat(replay(generation).run(CHAIN, words(asked), retained).links())
                .isZero();
        assertThat(generation.writes()).isEqualTo(writes);

        GenerationDiff.Report diff = GenerationDiff.compare(CHAIN, new MemoryChain(old), new MemoryChain(generation));
        long differing = wanted.entrySet().stream()
                .filter(line -> !line.getValue().equals(before.get(line.getKey())))
                .count();
        assertThat(diff.differences().stream()
                        .mapToLong(GenerationDiff.Difference::records)
                        .sum())
                .isEqualTo(differing);
        assertThat(diff.equal()).isEqualTo(wanted.size() - differing);
        boolean outside = wanted.entrySet().stream()
                .filter(line -> !line.getValue().equals(before.get(line.getKey())))
                .anyMatch(line -> line.getKey() < asked.from() || line.getKey() >= asked.next());
        assertThat(diff.isGood(asked)).isEqualTo(!outside);
    }

    @Example
    void aSkipCutInPiecesKeepsWhereItBeganAndWhatWasLost() throws Exception {
        skipOverRecords(OptionalLong.of(2), Optional.empty());
        InMemoryStagingStore first = replayed(new OffsetRange(0, 20));
        assertThat(new MemoryChain(first).links(CHAIN))
                .extracting(link -> link.metadata().began())
                .startsWith(OptionalLong.of(2), OptionalLong.empty())
                .hasSizeGreaterThan(2);

        skipOverRecords(OptionalLong.empty(), Optional.of(new OffsetRange(3, 12)));
        assertThat(new MemoryChain(replayed(new OffsetRange(0, 20))).links(CHAIN))
                .extracting(link -> link.metadata().lost())
                .startsWith(
                        Optional.of(new OffsetRange(3, 4)),
                        Optional.of(new OffsetRange(4, 8)),
                        Optional.of(new OffsetRange(8, 12)),
                        Optional.empty());
    }

    @Example
    void aGenerationThatForgetsWhatWasLostIsNotTheSame() throws Exception {
        skipOverRecords(OptionalLong.empty(), Optional.of(new OffsetRange(3, 12)));
        InMemoryStagingStore forgetful = new InMemoryStagingStore();
        LinkDraft draft = new LinkDraft(new LinkName(CHAIN, 0, Compression.GZIP));
        forgetful.create(
                draft.name(),
                draft.metadata(20, "w", CutReason.SKIP, OptionalLong.empty(), Optional.empty(), Compression.GZIP),
                draft.body());
        GenerationDiff.Report report = GenerationDiff.compare(CHAIN, new MemoryChain(old), new MemoryChain(forgetful));
        assertThat(report.differences())
                .containsExactly(new GenerationDiff.Difference(GenerationDiff.Change.METADATA, 0, 19, 0));
        assertThat(report.isGood(new OffsetRange(0, 5))).isFalse();
    }

    @Example
    void whatCannotBeDecompressedIsDamagedAndChangedAndCanBeReadAgain() throws Exception {
        LinkDraft draft = new LinkDraft(new LinkName(CHAIN, 0, Compression.GZIP));
        for (long offset = 0; offset < 3; offset++) {
            records.put(offset, line(offset, "good"));
            draft.add(line(offset, "good"));
        }
        LinkMetadata metadata =
                draft.metadata(3, "w", CutReason.AGE, OptionalLong.empty(), Optional.empty(), Compression.GZIP);
        old.create(draft.name(), metadata, new LinkBody(List.of("no gzip".getBytes(StandardCharsets.UTF_8))));
        OffsetRange all = new OffsetRange(0, 3);
        InMemoryStagingStore generation = new InMemoryStagingStore();
        assertThatThrownBy(() -> replay(generation).run(CHAIN, words(new OffsetRange(0, 0)), all))
                .isInstanceOf(UsageException.class)
                .hasMessage(
                        "link " + draft.name() + " does not hold what its digest says: read its offsets [0, 3) again");

        replay(generation).run(CHAIN, words(all), all);
        assertThat(lines(generation)).hasSize(3);

        InMemoryStagingStore other = new InMemoryStagingStore();
        LinkDraft wrong = new LinkDraft(new LinkName(CHAIN, 0, Compression.GZIP));
        wrong.add(line(0, "wrong"));
        other.create(
                wrong.name(),
                wrong.metadata(3, "w", CutReason.AGE, OptionalLong.empty(), Optional.empty(), Compression.GZIP),
                wrong.body());
        GenerationDiff.Difference changed = new GenerationDiff.Difference(GenerationDiff.Change.CHANGED, 0, 2, 3);
        GenerationDiff.Report mended = GenerationDiff.compare(CHAIN, new MemoryChain(old), new MemoryChain(other));
        assertThat(mended.differences()).containsExactly(changed);
        assertThat(mended.isGood(all)).isTrue();
        GenerationDiff.Report broken = GenerationDiff.compare(CHAIN, new MemoryChain(other), new MemoryChain(old));
        assertThat(broken.differences()).containsExactly(changed);
        assertThat(broken.faults()).containsExactly(draft.name() + " does not hold what its digest says");
        assertThat(broken.isGood(all)).isFalse();
    }

    @Example
    void aTopicCreatedAnewMeanwhileGivesNoLink() throws Exception {
        skipOverRecords(OptionalLong.empty(), Optional.empty());
        incarnation = Optional.of("j");
        InMemoryStagingStore generation = new InMemoryStagingStore();
        OffsetRange all = new OffsetRange(0, 20);
        assertThatThrownBy(() -> replay(generation).run(CHAIN, words(all), all))
                .isInstanceOf(UsageException.class)
                .hasMessage("topic t was deleted while it was read: its id was i and is j now; what the generation "
                        + "holds is sound, and cannot be brought further from Kafka");
        assertThat(generation.writes()).isZero();

        // What is only copied does not depend on the topic.
        replay(generation).run(CHAIN, words(new OffsetRange(0, 0)), all);
        assertThat(generation.writes()).isEqualTo(1);
    }

    @Example
    void anAppendThatFailsInPassingIsTriedAgain() throws Exception {
        skipOverRecords(OptionalLong.empty(), Optional.empty());
        patience = new Patience(50, 1, line -> assertThat(line).endsWith("; trying again"));
        OffsetRange all = new OffsetRange(0, 20);
        // Only the first look for the end is not tried again here: the SDK does that.
        InMemoryStagingStore generation = new InMemoryStagingStore();
        FaultyStagingStore faulty = new FaultyStagingStore(generation);
        patience.with(() -> replay(faulty).run(CHAIN, words(all), all));
        assertThat(lines(generation)).hasSize(20);
    }

    private void skipOverRecords(OptionalLong began, Optional<OffsetRange> lost) {
        old = new InMemoryStagingStore();
        records.clear();
        for (long offset = 0; offset < 20; offset++) {
            records.put(offset, line(offset, "good"));
        }
        LinkDraft draft = new LinkDraft(new LinkName(CHAIN, 0, Compression.GZIP));
        old.create(draft.name(), draft.metadata(20, "w", CutReason.SKIP, began, lost, Compression.GZIP), draft.body());
    }

    private InMemoryStagingStore replayed(OffsetRange asked) throws Exception {
        InMemoryStagingStore generation = new InMemoryStagingStore();
        replay(generation).run(CHAIN, words(asked), new OffsetRange(0, 20));
        return generation;
    }

    @Example
    void anotherReplaysGenerationIsNotMixedWithThisOne() throws Exception {
        stage(new Random(1));
        InMemoryStagingStore generation = new InMemoryStagingStore();
        OffsetRange all = new OffsetRange(0, end);
        replay(generation).run(CHAIN, words(all), all);
        assertThatThrownBy(() -> replay(generation).run(CHAIN, words(new OffsetRange(0, 1)), all))
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith(
                        "the generation holds links of another writer (replay 0-" + end + " = 0-" + end + " ")
                .hasMessageEndingWith("): choose another prefix");
    }

    @Example
    void aHoleThatKafkaCannotFillIsToldAsLost() {
        Link late = link(10, 20, 0, CutReason.AGE);
        assertThatThrownBy(() -> ReplayPlan.of(List.of(late), new OffsetRange(0, 20), new OffsetRange(5, 20), 0))
                .isInstanceOf(UsageException.class)
                .hasMessage("no link covers offsets [0, 10), and Kafka's log begins at 5: what was there "
                        + "is lost or was cleaned up, and cannot be replayed");
    }

    /** A log with gaps, and a chain of it with lines that are wrong, a skip, and a hole. */
    private void stage(Random random) {
        records.clear();
        old = new InMemoryStagingStore();
        end = 0;
        holeFrom = Long.MAX_VALUE;
        holeNext = 0;
        int count = 2 + random.nextInt(6);
        int hole = random.nextInt(4) == 0 ? random.nextInt(count - 1) : -1;
        for (int at = 0; at < count; at++) {
            long from = end;
            LinkDraft draft = new LinkDraft(new LinkName(CHAIN, from, Compression.GZIP));
            OptionalLong began = OptionalLong.empty();
            Optional<OffsetRange> lost = Optional.empty();
            if (random.nextInt(3) == 0) {
                end += 1 + random.nextInt(9);
                began = from == 0 ? OptionalLong.of(end) : began;
                lost = from > 0 ? Optional.of(new OffsetRange(from, end)) : lost;
            }
            boolean skip = random.nextInt(5) == 0;
            for (int held = random.nextInt(9); held > 0; held--) {
                end += 1 + random.nextInt(2);
                Line good = line(end - 1, "good");
                records.put(good.offset(), good);
                if (!skip) {
                    draft.add(random.nextInt(4) == 0 ? line(end - 1, "wrong") : good);
                }
            }
            end++;
            if (at == hole) {
                holeFrom = from;
                holeNext = end;
            } else {
                old.create(
                        draft.name(),
                        draft.metadata(end, "w", skip ? CutReason.SKIP : CutReason.AGE, began, lost, Compression.GZIP),
                        draft.body());
            }
        }
    }

    /** Where consumption began, and every offset that is told to be lost, each once. */
    private static List<Long> marks(List<Link> links) {
        List<Long> marks = new ArrayList<>();
        for (Link link : links) {
            link.metadata().began().ifPresent(marks::add);
            link.metadata()
                    .lost()
                    .ifPresent(
                            lost -> LongStream.range(lost.from(), lost.next()).forEach(marks::add));
        }
        return marks;
    }

    @Example
    void aTimeThatNamesOtherOffsetsLaterGoesOnWithThoseItNamedFirst() throws Exception {
        skipOverRecords(OptionalLong.empty(), Optional.empty());
        InMemoryStagingStore generation = new InMemoryStagingStore();
        OffsetRange all = new OffsetRange(0, 20);
        replay(generation).run(CHAIN, new Asked("T1..T2", all), all);
        assertThat(replay(generation)
                        .run(CHAIN, new Asked("T1..T2", new OffsetRange(5, 20)), all)
                        .links())
                .isZero();
        assertThatThrownBy(() -> replay(generation).run(CHAIN, new Asked("T1..T3", all), all))
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith("the generation holds links of another writer (replay T1..T2 = 0-20 ");
    }

    private static Asked words(OffsetRange range) {
        return new Asked(range.from() + "-" + range.next(), range);
    }

    private boolean inHole(long offset) {
        return offset >= holeFrom && offset < holeNext;
    }

    private Replay replay(StagingStore generation) {
        return new Replay(
                new MemoryChain(old),
                generation,
                (chain, range) -> {
                    Iterator<Line> lines = new ArrayList<>(
                                    records.subMap(range.from(), range.next()).values())
                            .iterator();
                    return () -> lines.hasNext() ? Optional.of(lines.next()) : Optional.empty();
                },
                topic -> incarnation,
                patience,
                ROLL,
                Compression.GZIP);
    }

    private static Map<Long, String> lines(InMemoryStagingStore store) throws DamagedLinkException {
        TreeMap<Long, String> lines = new TreeMap<>();
        MemoryChain chain = new MemoryChain(store);
        for (Link link : chain.links(CHAIN)) {
            byte[] content = chain.content(link);
            Line.split(content)
                    .forEach(line -> lines.put(line.offset(), new String(line.bytes(), StandardCharsets.UTF_8)));
        }
        return lines;
    }

    private static Set<Long> ends(List<Link> links) {
        TreeSet<Long> ends = new TreeSet<>();
        links.forEach(link -> ends.add(link.metadata().next()));
        return ends;
    }

    private static Link link(long from, long next, long held, CutReason cut) {
        return new Link(
                new LinkName(CHAIN, from, Compression.GZIP),
                new LinkMetadata(
                        next,
                        held,
                        "sha256:none",
                        Optional.empty(),
                        "w",
                        cut,
                        OptionalLong.empty(),
                        Optional.empty(),
                        Compression.GZIP));
    }

    private static Line line(long offset, String value) {
        return new Line(
                offset,
                offset,
                ("{\"offset\":" + offset + ",\"timestamp\":" + offset + ",\"key\":null,\"value\":\"" + value + "\"}\n")
                        .getBytes(StandardCharsets.UTF_8));
    }
}

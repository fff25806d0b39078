package io.tributary.consumer.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.consumer.chain.RollPolicy;
import io.tributary.consumer.store.InMemoryStagingStore;
import io.tributary.consumer.store.RacingStore;
import io.tributary.consumer.store.StagingStore;
import io.tributary.consumer.upload.Patience;
import io.tributary.daemon.UsageException;
import io.tributary.staging.ChainCheck;
import io.tributary.staging.ChainId;
import io.tributary.staging.Compression;
import io.tributary.staging.CutReason;
import io.tributary.staging.LinkMetadata;
import io.tributary.staging.LinkName;
import io.tributary.staging.OffsetRange;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Iterator;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Two replays into one generation. The old chain is a skip over twenty records, which both read again, four a link. */
class ContendedReplayTest {
    private static final ChainId CHAIN = new ChainId("t", "i", 0);
    private static final OffsetRange ALL = new OffsetRange(0, 20);
    private static final RollPolicy ROLL = new RollPolicy(4, 1 << 20, Duration.ofSeconds(1), Duration.ofSeconds(1));

    private final InMemoryStagingStore old = new InMemoryStagingStore();
    /** How many links the other run wrote. */
    private long first;

    ContendedReplayTest() {
        LinkDraft skip = new LinkDraft(new LinkName(CHAIN, 0, Compression.GZIP));
        LinkMetadata metadata =
                skip.metadata(20, "w", CutReason.SKIP, OptionalLong.empty(), Optional.empty(), Compression.GZIP);
        old.create(skip.name(), metadata, skip.body());
    }

    @Test
    void twoReplaysThatAreAskedTheSameMakeOneGeneration() throws Exception {
        InMemoryStagingStore generation = new InMemoryStagingStore();
        StagingStore overtaken = overtaken(
                generation, () -> replay(generation).run(CHAIN, words(ALL), ALL).links());

        assertThat(replay(overtaken).run(CHAIN, words(ALL), ALL).end()).isEqualTo(20);
        assertThat(first).isEqualTo(5);
        assertThat(ChainCheck.faults(0, new MemoryChain(generation).links(CHAIN)))
                .isEmpty();
        assertThat(recordsIn(generation)).isEqualTo(20);
        assertThat(generation.writes()).isEqualTo(5);
    }

    @Test
    void ofTwoReplaysThatDifferTheSecondStops() throws Exception {
        InMemoryStagingStore generation = new InMemoryStagingStore();
        StagingStore byOtherCodec = overtaken(
                generation,
                () -> replay(generation, Compression.ZSTD)
                        .run(CHAIN, words(ALL), ALL)
                        .links());
        assertThatThrownBy(() -> replay(byOtherCodec).run(CHAIN, words(ALL), ALL))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining(" of the generation was written by replay 0-20 = 0-20 ")
                .hasMessageEndingWith(" and differs: choose another prefix");

        InMemoryStagingStore another = new InMemoryStagingStore();
        OffsetRange fewer = new OffsetRange(0, 12);
        StagingStore byOtherWords = overtaken(
                another, () -> replay(another).run(CHAIN, words(fewer), ALL).links());
        assertThatThrownBy(() -> replay(byOtherWords).run(CHAIN, words(ALL), ALL))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining(" of the generation was written by replay 0-12 = 0-12 ");
    }

    /** When the first link is put, all of the other run's are there. */
    private StagingStore overtaken(StagingStore generation, Callable<Long> other) {
        first = -1;
        return new RacingStore(generation, () -> {
            if (first < 0) {
                try {
                    first = other.call();
                } catch (Exception failed) {
                    throw new AssertionError(failed);
                }
            }
        });
    }

    private Replay replay(StagingStore generation) {
        return replay(generation, Compression.GZIP);
    }

    private Replay replay(StagingStore generation, Compression compression) {
        return new Replay(
                new MemoryChain(old),
                generation,
                (chain, range) -> {
                    Iterator<Line> lines = LongStream.range(range.from(), range.next())
                            .mapToObj(ContendedReplayTest::line)
                            .iterator();
                    return () -> lines.hasNext() ? Optional.of(lines.next()) : Optional.empty();
                },
                topic -> Optional.of("i"),
                new Patience(1, 1, line -> {}),
                ROLL,
                compression);
    }

    private static long recordsIn(InMemoryStagingStore generation) {
        return new MemoryChain(generation)
                .links(CHAIN).stream()
                        .mapToLong(link -> link.metadata().records())
                        .sum();
    }

    private static Asked words(OffsetRange range) {
        return new Asked(range.from() + "-" + range.next(), range);
    }

    private static Line line(long offset) {
        return new Line(
                offset,
                offset,
                ("{\"offset\":" + offset + ",\"timestamp\":" + offset + ",\"key\":null,\"value\":1}\n")
                        .getBytes(StandardCharsets.UTF_8));
    }
}

package io.tributary.consumer.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.consumer.chain.RollPolicy;
import io.tributary.consumer.store.ChainEnd;
import io.tributary.consumer.store.FollowingStore;
import io.tributary.consumer.store.Generation;
import io.tributary.consumer.store.InMemoryStagingStore;
import io.tributary.consumer.store.LinkBody;
import io.tributary.consumer.store.StoreException;
import io.tributary.consumer.upload.Patience;
import io.tributary.daemon.UsageException;
import io.tributary.staging.ChainId;
import io.tributary.staging.Compression;
import io.tributary.staging.CutReason;
import io.tributary.staging.Link;
import io.tributary.staging.LinkMetadata;
import io.tributary.staging.LinkName;
import io.tributary.staging.OffsetRange;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SwitchTest {
    private static final ChainId CHAIN = new ChainId("t", "i", 0);
    private static final RollPolicy ROLL = new RollPolicy(4, 1 << 20, Duration.ofSeconds(1), Duration.ofSeconds(1));
    private static final Patience PATIENCE = new Patience(3, 0, line -> {});

    private final Map<String, InMemoryStagingStore> stores = new HashMap<>();
    private Optional<String> incarnation = Optional.of("i");

    @BeforeEach
    void chainOfTwoLinks() throws Exception {
        append("one", 5);
        append("one", 9);
    }

    @Test
    void aGoodGenerationIsSwitchedToOnce() throws Exception {
        replay("two");
        assertThat(switching("one", "two").run(CHAIN)).isEqualTo(new Switch.Switched(9));
        assertThat(end(following())).isEqualTo(9);
        assertThat(following().find(CHAIN).prefix()).isEqualTo("two");
        // A command that was given before the first one ended finds its work done.
        assertThat(switching("one", "two").run(CHAIN)).isEqualTo(new Switch.Switched(9));
        assertThat(store("one").writes()).isEqualTo(3);
    }

    @Test
    void whatIsStagedMeanwhileIsCopiedBeforeTheChainEnds() throws Exception {
        replay("two");
        append("one", 14);
        Racing racing = new Racing(store("one"), 2);
        assertThat(switching(racing, "one", "two").run(CHAIN)).isEqualTo(new Switch.Switched(16));
        assertThat(new MemoryChain(store("two")).links(CHAIN))
                .extracting(link -> link.metadata().next())
                .containsExactly(5L, 9L, 14L, 15L, 16L);
        assertThat(GenerationDiff.compare(CHAIN, new MemoryChain(store("one")), new MemoryChain(store("two")))
                        .isGood(new OffsetRange(0, 0)))
                .isTrue();
        // Each time that a consumer was first, a mark was left that means nothing.
        assertThat(store("one").tail(CHAIN, OptionalLong.empty()).marks()).hasSize(3);
    }

    @Test
    void aConsumerThatIsFasterEachTimeIsNotFollowedForEver() throws Exception {
        replay("two");
        Racing racing = new Racing(store("one"), Integer.MAX_VALUE);
        assertThat(switching(racing, "one", "two").run(CHAIN)).isEqualTo(new Switch.Outrun(29));
        assertThat(following().find(CHAIN).prefix()).isEqualTo("one");
    }

    @Test
    void aChainMayBeSwitchedAgain() throws Exception {
        replay("two");
        switching("one", "two").run(CHAIN);
        append("two", 12);
        replay("two", "three");
        assertThat(switching("two", "three").run(CHAIN)).isEqualTo(new Switch.Switched(12));
        assertThat(following().find(CHAIN).left()).containsExactly("one", "two");
    }

    @Test
    void aGenerationThatIsNotThereOrNotGoodIsRefused() throws Exception {
        assertRefused("two", "two has nothing of chain t/i/0: write it first, by replay start");
        append("two", 5);
        assertRefused(
                "two",
                "two is not good: link t/incarnation=i/partition=0/00000000000000000000.jsonl.gz was not written by a "
                        + "replay; replay diff tells all");
        create("three", 5, 9, "replay 0-0 = 0-0 x", Compression.GZIP);
        assertRefused("three", "three is not good: no link covers offsets [0, 5); replay diff tells all");
        create("four", 0, 9, "replay 0-0 = 0-0 x", Compression.GZIP);
        assertRefused(
                "four", "four is not good: no link ends at offset 5, where an old one does; replay diff tells all");
        create("five", 0, 4, "replay 0-0 = 0-0 x", Compression.GZIP);
        assertRefused("five", "five is not good: it ends at offset 4, the old generation at 0; replay diff tells all");
        create("six", 0, 5, "replay 7-9 = 7-9 x", Compression.GZIP, "other");
        assertRefused(
                "six",
                "six is not good: it differs at offsets 0 to 4, outside of [7, 9), which were asked for; "
                        + "replay diff tells all");
        create("seven", 0, 5, "replay 0-0 = 0-0 x", Compression.ZSTD);
        assertRefused(
                "seven",
                "seven is not good: its next link is to be t/incarnation=i/partition=0/00000000000000000005.jsonl.zst, "
                        + "and the old one's t/incarnation=i/partition=0/00000000000000000005.jsonl.gz; replay diff "
                        + "tells all");
    }

    @Test
    void aChainThatWentElsewhereMeanwhileIsLeftThere() throws Exception {
        replay("two");
        replay("three");
        Switch late = switching("one", "three");
        switching("one", "two").run(CHAIN);
        assertThatThrownBy(() -> late.run(CHAIN))
                .isInstanceOf(UsageException.class)
                .hasMessage("the chain goes on in two since offset 9: another switch was first");
    }

    @Test
    void aChainWithAHoleWhereTheGenerationEndsIsNotEndedThere() throws Exception {
        replay("two");
        // The link from 9 on was deleted by hand.
        create("one", 12, 15, "w", Compression.GZIP);
        assertRefused(
                "two",
                "the old chain is broken: no link covers offsets [9, 12); bring the generation beyond them by replay "
                        + "start");
        assertThat(store("one").head(new LinkName(CHAIN, 9, Compression.GZIP))).isEmpty();
    }

    @Test
    void aTopicThatIsNotTheSameAnyMoreIsNotSwitched() throws Exception {
        replay("two");
        incarnation = Optional.of("j");
        assertRefused("two", "topic t was deleted and created anew meanwhile; nothing was switched");
        incarnation = Optional.empty();
        assertRefused("two", "topic t was deleted meanwhile; nothing was switched");
        assertThat(store("one").writes()).isEqualTo(2);
    }

    @Test
    void aReplayKeepsTheNamesThatFollowOldLinks() throws Exception {
        create("one", 9, 12, "w", Compression.ZSTD);
        replay("two");
        assertThat(new MemoryChain(store("two")).links(CHAIN))
                .extracting(Link::successor)
                .isEqualTo(new MemoryChain(store("one"))
                        .links(CHAIN).stream().map(Link::successor).toList());
        assertThat(switching("one", "two").run(CHAIN)).isEqualTo(new Switch.Switched(12));
        assertThat(following().head(new LinkName(CHAIN, 12, Compression.ZSTD))).isEmpty();
        assertThat(store("one").head(new LinkName(CHAIN, 12, Compression.ZSTD))).isPresent();
    }

    private void assertRefused(String into, String message) {
        assertThatThrownBy(() -> switching("one", into).run(CHAIN))
                .isInstanceOf(UsageException.class)
                .hasMessage(message);
    }

    private Switch switching(String from, String into) {
        return switching(store(from), from, into);
    }

    private Switch switching(Generation old, String from, String into) {
        return new Switch(
                old,
                store(into),
                into,
                new DiffJudge(new MemoryChain(store(from)), new MemoryChain(store(into))),
                replaying(from, into)::copy,
                topic -> incarnation,
                PATIENCE,
                "switch-1");
    }

    private void replay(String into) throws Exception {
        replay("one", into);
    }

    private void replay(String from, String into) throws Exception {
        OffsetRange nothing = new OffsetRange(0, 0);
        replaying(from, into).run(CHAIN, new Asked("0..0", nothing), new OffsetRange(0, 100));
    }

    private Replay replaying(String from, String into) {
        return new Replay(
                new MemoryChain(store(from)),
                store(into),
                (chain, range) -> Optional::empty,
                topic -> incarnation,
                PATIENCE,
                ROLL,
                Compression.GZIP);
    }

    private InMemoryStagingStore store(String prefix) {
        return stores.computeIfAbsent(prefix, none -> new InMemoryStagingStore());
    }

    private FollowingStore following() {
        return new FollowingStore("one", this::store);
    }

    private static long end(FollowingStore store) throws StoreException {
        return ChainEnd.find(store, CHAIN, OptionalLong.empty())
                .orElseThrow()
                .metadata()
                .next();
    }

    private void append(String prefix, long next) throws StoreException {
        append(store(prefix), next);
    }

    private static void append(InMemoryStagingStore store, long next) throws StoreException {
        long from = ChainEnd.find(store, CHAIN, OptionalLong.empty())
                .map(link -> link.metadata().next())
                .orElse(0L);
        create(store, from, next, "w", Compression.GZIP, "good");
    }

    private void create(String prefix, long from, long next, String writer, Compression following) {
        create(store(prefix), from, next, writer, following, "good");
    }

    private void create(String prefix, long from, long next, String writer, Compression following, String value) {
        create(store(prefix), from, next, writer, following, value);
    }

    private static void create(
            InMemoryStagingStore store, long from, long next, String writer, Compression following, String value) {
        LinkDraft draft = new LinkDraft(new LinkName(CHAIN, from, Compression.GZIP));
        for (long offset = from; offset < next; offset++) {
            String line = "{\"offset\":" + offset + ",\"timestamp\":1,\"key\":null,\"value\":\"" + value + "\"}\n";
            draft.add(new Line(offset, 1, line.getBytes(StandardCharsets.UTF_8)));
        }
        store.create(
                draft.name(),
                draft.metadata(next, writer, CutReason.AGE, OptionalLong.empty(), Optional.empty(), following),
                draft.body());
    }

    /** A consumer appends a link of one record just before each of the first creations by others. */
    private static final class Racing implements Generation {
        private final InMemoryStagingStore store;
        private int left;

        Racing(InMemoryStagingStore store, int left) {
            this.store = store;
            this.left = left;
        }

        @Override
        public Creation create(LinkName name, LinkMetadata metadata, LinkBody body) throws StoreException {
            if (left-- > 0) {
                append(store, name.from() + 1);
            }
            return store.create(name, metadata, body);
        }

        @Override
        public Optional<Link> head(LinkName name) {
            return store.head(name);
        }

        @Override
        public Tail tail(ChainId chain, OptionalLong from) {
            return store.tail(chain, from);
        }

        @Override
        public void mark(LinkName name) {
            store.mark(name);
        }

        @Override
        public void check() {}
    }
}

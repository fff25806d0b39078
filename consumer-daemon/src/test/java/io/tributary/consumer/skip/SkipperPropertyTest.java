package io.tributary.consumer.skip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.consumer.encode.EncodedLink;
import io.tributary.consumer.store.FaultyStagingStore;
import io.tributary.consumer.store.InMemoryStagingStore;
import io.tributary.consumer.store.RacingStore;
import io.tributary.consumer.store.StagingStore;
import io.tributary.consumer.store.StoreException;
import io.tributary.daemon.UsageException;
import io.tributary.staging.ChainCheck;
import io.tributary.staging.ChainId;
import io.tributary.staging.Compression;
import io.tributary.staging.CutReason;
import io.tributary.staging.LineDigest;
import io.tributary.staging.Link;
import io.tributary.staging.LinkMetadata;
import io.tributary.staging.LinkName;
import io.tributary.staging.OffsetRange;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SkipperPropertyTest {
    private static final ChainId CHAIN = new ChainId("t", "i", 0);

    private final InMemoryStagingStore store = new InMemoryStagingStore();

    @Property
    void aSkipReachesItsOffsetOnceAndLeavesTheChainWhole(
            @ForAll @Size(max = 5) List<@IntRange(min = 1, max = 9) Integer> lengths,
            @ForAll @IntRange(max = 60) int logStart,
            @ForAll @IntRange(max = 60) int to)
            throws Exception {
        InMemoryStagingStore filled = new InMemoryStagingStore();
        lengths.forEach(length -> append(filled, length));
        long end = end(filled);
        OffsetRange log = new OffsetRange(logStart, 60);

        Skipper.Outcome outcome = skipper(filled, log).skip(request(to));

        long position = lengths.isEmpty() ? logStart : end;
        if (to <= position) {
            assertThat(outcome).isEqualTo(new Skipper.Reached(position));
            assertThat(end(filled)).isEqualTo(end);
        } else {
            Skipper.Skipped skipped = (Skipper.Skipped) outcome;
            assertThat(skipped.offsets()).isEqualTo(new OffsetRange(position, to));
            assertThat(skipped.link().name().from()).isEqualTo(end);
            LinkMetadata written = links(filled).get(lengths.size()).metadata();
            assertThat(written).isEqualTo(skipped.link().metadata());
            assertThat(written.records()).isZero();
            assertThat(written.reason()).contains("because");
            assertThat(written.began())
                    .isEqualTo(lengths.isEmpty() && logStart > 0 ? OptionalLong.of(logStart) : OptionalLong.empty());
            assertThat(skipper(filled, log).skip(request(to))).isEqualTo(new Skipper.Reached(to));
        }
        assertThat(ChainCheck.faults(0, links(filled))).isEmpty();
    }

    @Property(tries = 300)
    void lostAnswersAndOverloadsNeverMakeItSkipTwice(@ForAll @IntRange(min = 1, max = 60) int to) throws Exception {
        InMemoryStagingStore filled = new InMemoryStagingStore();
        append(filled, 5);
        Skipper skipper = skipper(new FaultyStagingStore(filled), new OffsetRange(0, 60));
        Skipper.Outcome outcome;
        while (true) {
            try {
                outcome = skipper.skip(request(to));
                break;
            } catch (StoreException again) {
                assertThat(again.isRefused()).isFalse();
            }
        }
        assertThat(outcome).isInstanceOf(to > 5 ? Skipper.Skipped.class : Skipper.Reached.class);
        assertThat(links(filled)).hasSize(to > 5 ? 2 : 1);
        assertThat(end(filled)).isEqualTo(Math.max(5, to));
    }

    @Test
    void aConsumerThatWasFasterIsFollowed() throws Exception {
        append(store, 5);
        AtomicBoolean raced = new AtomicBoolean();
        Logs logs = (topic, partition) -> Optional.of(new Logs.Log(CHAIN, new OffsetRange(0, 60)));
        StagingStore racing = new RacingStore(store, () -> {
            if (raced.compareAndSet(false, true)) {
                append(store, 10);
            }
        });
        Skipper.Outcome outcome = new Skipper(racing, logs, Compression.GZIP, "skip-1").skip(request(40));
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Skipper.Skipped.class,
                        skipped -> assertThat(skipped.offsets()).isEqualTo(new OffsetRange(15, 40)));
        assertThat(links(store)).hasSize(3);
        assertThat(ChainCheck.faults(0, links(store))).isEmpty();
    }

    @Test
    void whatIsBeyondTheLogIsRefused() {
        assertThatThrownBy(() -> skipper(store, new OffsetRange(0, 60)).skip(request(61)))
                .isInstanceOf(UsageException.class)
                .hasMessage(
                        "offset 61 is beyond the log of t/0, which ends at 60: what is not there yet cannot be skipped");
    }

    @Test
    void aPartitionThatKafkaDoesNotHaveIsRefused() {
        Skipper skipper = new Skipper(store, (topic, partition) -> Optional.empty(), Compression.GZIP, "skip-1");
        assertThatThrownBy(() -> skipper.skip(request(1)))
                .isInstanceOf(UsageException.class)
                .hasMessage("there is no partition t/0 in Kafka");
    }

    private static Skipper skipper(StagingStore store, OffsetRange log) {
        return new Skipper(store, (topic, partition) -> Optional.of(new Logs.Log(CHAIN, log)), Compression.GZIP, "s-1");
    }

    private static Skipper.Request request(long to) {
        return new Skipper.Request("t", 0, to, "because");
    }

    private static void append(InMemoryStagingStore store, int length) {
        long from = end(store);
        EncodedLink empty = EncodedLink.empty(Compression.GZIP);
        store.create(
                new LinkName(CHAIN, from, Compression.GZIP),
                new LinkMetadata(
                        from + length,
                        0,
                        LineDigest.ofNothing(),
                        Optional.empty(),
                        "w",
                        CutReason.AGE,
                        OptionalLong.empty(),
                        Optional.empty(),
                        Compression.GZIP),
                empty.body());
    }

    private static long end(InMemoryStagingStore store) {
        List<Link> links = links(store);
        return links.isEmpty() ? 0 : links.get(links.size() - 1).metadata().next();
    }

    private static List<Link> links(InMemoryStagingStore store) {
        return store.chain(CHAIN).stream()
                .map(InMemoryStagingStore.Stored::link)
                .toList();
    }
}

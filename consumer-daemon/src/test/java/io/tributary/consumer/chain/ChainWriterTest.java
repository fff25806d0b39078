package io.tributary.consumer.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.daemon.MonotonicClock;
import io.tributary.staging.ChainId;
import io.tributary.staging.Compression;
import io.tributary.staging.CutReason;
import io.tributary.staging.Link;
import io.tributary.staging.LinkMetadata;
import io.tributary.staging.LinkName;
import io.tributary.staging.OffsetRange;
import io.tributary.testing.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ChainWriterTest {
    private static final ChainId CHAIN = new ChainId("flights", "id", 3);
    private static final RollPolicy POLICY = new RollPolicy(3, 100, Duration.ofSeconds(10), Duration.ofSeconds(60));

    private final ChainWriter<List<Long>> writer = writer(Resume.after(CHAIN, Optional.empty(), 0));

    @Test
    void aLinkEndsAtThePositionSoThatGapsBelongToIt() {
        append(0, 1);
        writer.moveTo(5, 0);
        CutLink<List<Long>> link = writer.cut(CutReason.AGE, 0).orElseThrow();
        assertThat(link.name()).isEqualTo(LinkName.first(CHAIN));
        assertThat(link.next()).isEqualTo(5);
        assertThat(link.records()).isEqualTo(2);
        assertThat(writer.name().from()).isEqualTo(5);
    }

    @Test
    void offsetsWithoutRecordsWaitForTheNextRecordsLink() {
        writer.moveTo(7, 0);
        for (CutReason passing : List.of(CutReason.MEMORY, CutReason.REVOKED)) {
            assertThat(writer.cut(passing, 0)).isEmpty();
        }
        append(7);
        assertThat(writer.cut(CutReason.REVOKED, 0).orElseThrow().name().from()).isZero();
    }

    @Test
    void offsetsWithoutRecordsGetALinkOfTheirOwnOnceTheyAreOld() {
        append(0);
        writer.cut(CutReason.AGE, 0);
        writer.moveTo(5, 1_000);
        writer.moveTo(6, 30_000);
        assertThat(writer.due(60_999)).isEmpty();
        assertThat(writer.due(61_000)).contains(CutReason.AGE);
        CutLink<List<Long>> link = writer.cut(CutReason.AGE, 61_000).orElseThrow();
        assertThat(link.name().from()).isEqualTo(1);
        assertThat(link.next()).isEqualTo(6);
        assertThat(link.records()).isZero();
        assertThat(link.timestamps()).isEmpty();
        assertThat(link.body()).isEmpty();
        assertThat(writer.due(1_000_000)).isEmpty();
    }

    @Test
    void offsetsWithoutRecordsAreInALinkWhenTheProgramEndsSoThatTheNextDoesNotTakeThemForExpired() {
        writer.moveTo(5, 0);
        CutLink<List<Long>> link = writer.cut(CutReason.SHUTDOWN, 0).orElseThrow();
        Link staged = new Link(link.name(), link.metadata("sha256:00", "w"));
        assertThat(Resume.after(CHAIN, Optional.of(staged), 5).lost()).isEmpty();
        assertThat(writer.cut(CutReason.SHUTDOWN, 0)).isEmpty();
    }

    @Test
    void aRecordAfterOffsetsWithoutRecordsWaitsNoLongerAndNoShorterThanOthers() {
        writer.moveTo(5, 0);
        writer.append(5, 1, 1, 50_000).add(5L);
        assertThat(writer.due(59_999)).isEmpty();
        assertThat(writer.due(60_000)).contains(CutReason.AGE);
    }

    @Test
    void itIsFullByRecordsByBytesAndOldByAge() {
        append(0, 1);
        assertThat(writer.due(9_999)).isEmpty();
        assertThat(writer.due(10_000)).contains(CutReason.AGE);
        append(2);
        assertThat(writer.full()).contains(CutReason.RECORDS);
        ChainWriter<List<Long>> bytes = writer(Resume.after(CHAIN, Optional.empty(), 0));
        bytes.append(0, 100, 1, 0).add(0L);
        assertThat(bytes.full()).contains(CutReason.BYTES);
    }

    @Test
    void aRecordsTimeMayJumpAsItLikesAndDecidesNothing() {
        long hour = 3_600_000;
        long noon = 12 * hour;
        writer.append(0, 1, noon, 0).add(0L);
        writer.append(1, 1, noon + hour, 1).add(1L);
        assertThat(writer.due(2)).isEmpty();
        writer.append(2, 1, noon - hour, 2).add(2L);
        CutLink<List<Long>> link = writer.cut(CutReason.AGE, 2).orElseThrow();
        assertThat(link.timestamps()).contains(new LinkMetadata.Timestamps(noon, noon - hour));
        assertThat(link.next()).isEqualTo(3);
    }

    @Test
    void aClockThatJumpsAnHourForthAndBackCutsOnceAndLosesNothing() {
        ManualClock time = new ManualClock();
        MonotonicClock clock = time::nanos;
        writer.append(0, 1, 1, clock.millis()).add(0L);
        time.advance(Duration.ofHours(1));
        assertThat(writer.due(clock.millis())).contains(CutReason.AGE);
        writer.cut(CutReason.AGE, clock.millis());
        assertThat(writer.due(clock.millis())).isEmpty();
        writer.append(1, 1, 1, clock.millis()).add(1L);
        time.advance(Duration.ofHours(-1));
        assertThat(writer.due(clock.millis())).isEmpty();
        time.advance(Duration.ofHours(1).plusSeconds(10));
        assertThat(writer.due(clock.millis())).contains(CutReason.AGE);
    }

    @Test
    void onlyOneLinkIsWrittenAtATime() {
        append(0);
        writer.cut(CutReason.AGE, 0);
        append(1);
        writer.cut(CutReason.AGE, 0);
        assertThat(writer.startPut().orElseThrow().name().from()).isZero();
        assertThat(writer.startPut()).isEmpty();
        assertThat(writer.created().next()).isEqualTo(1);
        assertThat(writer.startPut().orElseThrow().name().from()).isEqualTo(1);
    }

    @Test
    void whatWasGatheredAfterwardsIsKeptWhereTheForeignLinkEndsWhereOursWould() {
        append(0, 1);
        writer.cut(CutReason.AGE, 0);
        append(2);
        writer.startPut();
        assertThat(writer.taken(existing(0, 2, Compression.ZSTD), 0)).isInstanceOf(Adoption.Same.class);
        assertThat(writer.position()).isEqualTo(3);
        assertThat(writer.cut(CutReason.AGE, 0).orElseThrow().body()).containsExactly(2L);
    }

    @Test
    void everythingIsReadAgainWhereTheForeignLinkEndsElsewhere() {
        for (long end : new long[] {1, 9}) {
            ChainWriter<List<Long>> other = writer(Resume.after(CHAIN, Optional.empty(), 0));
            other.append(0, 1, 1, 0).add(0L);
            other.append(1, 1, 1, 0).add(1L);
            other.cut(CutReason.AGE, 0);
            other.append(2, 1, 1, 0).add(2L);
            other.startPut();
            assertThat(other.taken(existing(0, end, Compression.GZIP), 0))
                    .isEqualTo(new Adoption.Rewound<>(end, List.of(List.of(0L, 1L), List.of(2L))));
            assertThat(other.position()).isEqualTo(end);
            assertThat(other.name()).isEqualTo(new LinkName(CHAIN, end, Compression.GZIP));
            assertThat(other.idle()).isTrue();
        }
    }

    @Test
    void theNextNameHasTheCodecThatTheLastLinkSays() {
        append(0);
        assertThat(writer.cut(CutReason.AGE, 0).orElseThrow().name().compression())
                .isEqualTo(Compression.GZIP);
        assertThat(writer.name().compression()).isEqualTo(Compression.ZSTD);
    }

    @Test
    void anOffsetGivenTwiceIsRefused() {
        append(4);
        assertThatThrownBy(() -> append(4))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("flights/id/3: offset 4 was given again; offset 5 is next");
    }

    @Test
    void aChainWithoutLinksBeginsAtZeroByName() {
        Resume resume = Resume.after(CHAIN, Optional.empty(), 40);
        assertThat(resume).isEqualTo(new Resume(LinkName.first(CHAIN), 40, OptionalLong.of(40), Optional.empty()));
        ChainWriter<List<Long>> later = writer(resume);
        later.expire(50, 0);
        later.append(50, 1, 1, 0).add(50L);
        CutLink<List<Long>> link = later.cut(CutReason.AGE, 0).orElseThrow();
        assertThat(link.began()).hasValue(50);
        assertThat(link.lost()).isEmpty();
    }

    @Test
    void offsetsThatExpiredAreNamedByTheLinkThatCoversThem() {
        Resume resume = Resume.after(CHAIN, Optional.of(existing(0, 10, Compression.GZIP)), 25);
        assertThat(resume.position()).isEqualTo(25);
        ChainWriter<List<Long>> later = writer(resume);
        assertThat(later.due(10_000)).contains(CutReason.AGE);
        assertThat(later.expire(30, 0)).isEmpty();
        later.append(30, 1, 1, 0).add(30L);
        CutLink<List<Long>> closed = later.expire(40, 0).orElseThrow();
        assertThat(closed.lost()).contains(new OffsetRange(10, 30));
        assertThat(closed.next()).isEqualTo(31);
        assertThat(later.cut(CutReason.AGE, 0).orElseThrow().lost()).contains(new OffsetRange(31, 40));
    }

    private void append(long... offsets) {
        for (long offset : offsets) {
            writer.append(offset, 1, 1, 0).add(offset);
        }
    }

    private static ChainWriter<List<Long>> writer(Resume resume) {
        return new ChainWriter<>(resume, POLICY, Compression.ZSTD, name -> new ArrayList<>(), 0);
    }

    private static Link existing(long from, long next, Compression nextCompression) {
        LinkName name = new LinkName(CHAIN, from, Compression.GZIP);
        return new Link(
                name,
                new LinkMetadata(
                        next,
                        1,
                        "sha256:00",
                        Optional.empty(),
                        "other",
                        CutReason.AGE,
                        OptionalLong.empty(),
                        Optional.empty(),
                        nextCompression));
    }
}

package io.tributary.producer.source.mastodon;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GapTest {
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    private static final Feed.Overlap OVERLAP = new Feed.Overlap(Duration.ofMinutes(2), 2);

    @Test
    void aGapIsReadDownToWhereTheLookBeforeEndedAndALittleFurther() {
        Gap gap = new Gap(Optional.empty(), NOON, OVERLAP);
        gap.take(page(100, NOON.plusSeconds(60), true));
        assertThat(gap.cursor()).contains("61");
        gap.take(page(60, NOON.minusSeconds(60), true));
        assertThat(gap.closed()).isFalse();
        gap.take(page(20, NOON.minusSeconds(150), true));
        assertThat(gap.closed()).isTrue();
        assertThat(gap.stuck()).isFalse();
    }

    @Test
    void pagesWithoutNewsEndItOnceTheOldEndIsReached() {
        Gap gap = new Gap(Optional.empty(), NOON, OVERLAP);
        gap.take(page(200, NOON.plusSeconds(9), false));
        gap.take(page(160, NOON.plusSeconds(5), false));
        gap.take(page(120, NOON.minusSeconds(1), false));
        assertThat(gap.closed()).isFalse();
        gap.take(page(80, NOON.minusSeconds(2), false));
        assertThat(gap.closed()).isTrue();
    }

    @Test
    void aCursorThatLeadsNowhereNewEndsIt() {
        Gap gap = new Gap(Optional.empty(), NOON, OVERLAP);
        gap.take(page(100, NOON.plusSeconds(60), true));
        gap.take(page(100, NOON.plusSeconds(60), false));
        assertThat(gap.closed()).isTrue();
        assertThat(gap.stuck()).isTrue();
    }

    @Test
    void anEmptyPageIsBelievedOnlyWhenAnotherCursorSaysTheSame() {
        Gap gap = new Gap(Optional.empty(), NOON, OVERLAP);
        gap.take(page(100, NOON.plusSeconds(60), true));
        gap.take(new Page(List.of(), List.of(), false, Optional.empty()));
        assertThat(gap.cursor()).contains("62");
        assertThat(gap.closed()).isFalse();
        gap.take(new Page(List.of(), List.of(), false, Optional.empty()));
        assertThat(gap.closed()).isTrue();
    }

    @Test
    void aCursorOfACheckpointThatNobodyKnowsLeadsBackToTheTop() {
        Gap gap = new Gap(Optional.of("gone"), NOON, OVERLAP);
        gap.take(new Page(List.of(), List.of(), false, Optional.empty()));
        assertThat(gap.closed()).isFalse();
        assertThat(gap.cursor()).isEmpty();
        gap.take(new Page(List.of(), List.of(), false, Optional.empty()));
        assertThat(gap.closed()).isTrue();
    }

    @Test
    void aFeedKeepsItsGapsInTheCheckpointAndClosesTheNewestFirst() {
        Feed feed = new Feed(OVERLAP, NOON);
        feed.looked(page(100, NOON.plusSeconds(60), true), NOON.plusSeconds(60));
        feed.looked(page(300, NOON.plusSeconds(600), true), NOON.plusSeconds(600));
        Feed restored = Feed.fromJson(OVERLAP, feed.toJson());
        assertThat(restored.covered()).isEqualTo(NOON.plusSeconds(600));
        assertThat(restored.gaps()).isEqualTo(2);
        Gap newest = restored.gap().orElseThrow();
        assertThat(newest.cursor()).contains("261");
        assertThat(newest.until()).isEqualTo(NOON.plusSeconds(60));
        restored.read(newest, page(260, NOON.minusSeconds(600), true));
        assertThat(restored.gap().orElseThrow().cursor()).contains("61");
        assertThat(restored.toJson().toString())
                .isEqualTo("{\"covered\":\"2026-11-20T12:10:00Z\",\"gaps\":[{\"below\":\"61\","
                        + "\"until\":\"2026-11-20T12:00:00Z\"}]}");
    }

    @Test
    void manyGapsAreClosedTogether() {
        Feed feed = new Feed(OVERLAP, NOON);
        for (int at = 1; at <= 20; at++) {
            feed.looked(page(1000 * at, NOON.plusSeconds(600L * at), true), NOON.plusSeconds(600L * at));
        }
        assertThat(feed.gaps()).isEqualTo(8);
    }

    /** Forty statuses down from a number, all of about one time. */
    private static Page page(int newest, Instant time, boolean news) {
        return new Page(
                IntStream.range(0, 40)
                        .mapToObj(at -> Integer.toString(newest - at))
                        .toList(),
                IntStream.range(0, 40).mapToObj(at -> time.plusMillis(at)).toList(),
                news,
                Optional.empty());
    }
}

package io.tributary.producer.source.mastodon.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AnswerHeadersTest {
    private static final Instant NOW = Instant.parse("2026-11-20T09:00:00Z");

    @Test
    void limitsAreReadInAnyCase() {
        AnswerHeaders headers = headers("X-Ratelimit-Limit", "300", "x-RATELIMIT-remaining", "7");
        assertThat(headers.limit()).hasValue(300);
        assertThat(headers.remaining()).hasValue(7);
    }

    @Test
    void aResetIsATimeWithAFraction() {
        assertThat(headers("X-RateLimit-Reset", "2026-11-20T09:05:00.123456Z").untilReset(NOW))
                .contains(Duration.parse("PT5M0.123456S"));
        assertThat(headers("X-RateLimit-Reset", "2026-11-20T10:01:00+01:00").untilReset(NOW))
                .contains(Duration.ofMinutes(1));
        assertThat(headers("X-RateLimit-Reset", "2026-11-20T08:00:00Z").untilReset(NOW))
                .contains(Duration.ZERO);
    }

    @Test
    void aResetMayBeANumber() {
        assertThat(headers("X-RateLimit-Reset", Long.toString(NOW.getEpochSecond() + 30))
                        .untilReset(NOW))
                .contains(Duration.ofSeconds(30));
        assertThat(headers("X-RateLimit-Reset", "12").untilReset(NOW)).contains(Duration.ofSeconds(12));
        assertThat(headers("X-RateLimit-Reset", "soon").untilReset(NOW)).isEmpty();
        assertThat(AnswerHeaders.none().untilReset(NOW)).isEmpty();
    }

    @Test
    void theInstanceCountsByItsOwnClock() {
        assertThat(headers("X-RateLimit-Reset", "2026-11-20T12:00:10Z", "Date", "Fri, 20 Nov 2026 12:00:00 GMT")
                        .untilReset(NOW))
                .contains(Duration.ofSeconds(10));
    }

    @Test
    void retryAfterIsSecondsOrADate() {
        assertThat(headers("Retry-After", "9").retryAfter(NOW)).contains(Duration.ofSeconds(9));
        assertThat(headers("retry-after", "Fri, 20 Nov 2026 09:00:20 GMT").retryAfter(NOW))
                .contains(Duration.ofSeconds(20));
        assertThat(headers("retry-after", "later").retryAfter(NOW)).isEmpty();
    }

    @Test
    void onlyTheCursorIsTakenFromALink() {
        assertThat(headers(
                                "link",
                                "<https://a.example/api/v1/timelines/tag/x?limit=40&max_id=1150%2B1>; rel=\"next\", "
                                        + "<https://a.example/api/v1/timelines/tag/x?min_id=9>; rel=\"prev\"")
                        .nextCursor())
                .contains("1150+1");
        assertThat(headers("link", "<https://a.example/?min_id=9>; rel=\"prev\"")
                        .nextCursor())
                .isEmpty();
    }

    private static AnswerHeaders headers(String... pairs) {
        return new AnswerHeaders(
                pairs.length == 2
                        ? Map.of(pairs[0], List.of(pairs[1]))
                        : Map.of(pairs[0], List.of(pairs[1]), pairs[2], List.of(pairs[3])));
    }
}

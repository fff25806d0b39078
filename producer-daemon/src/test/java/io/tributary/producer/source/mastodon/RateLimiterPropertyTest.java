package io.tributary.producer.source.mastodon;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.producer.source.mastodon.RateLimiter.Kind;
import io.tributary.producer.source.mastodon.wire.AnswerHeaders;
import io.tributary.testing.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class RateLimiterPropertyTest {
    private static final RateLimiter.Limits LIMITS =
            new RateLimiter.Limits(30, Duration.ofMinutes(5), 20, Duration.ofMinutes(15));

    private final ManualClock clock = new ManualClock();
    private final RateLimiter limiter = new RateLimiter(LIMITS, clock::nanos, new Random(1));

    @Property(tries = 50)
    void noPeriodHoldsMoreRequestsThanTheLimit(@ForAll long seed) {
        Random random = new Random(seed);
        ManualClock time = new ManualClock();
        RateLimiter limited = new RateLimiter(LIMITS, time::nanos, random);
        List<Long> any = new ArrayList<>();
        List<Long> paged = new ArrayList<>();
        for (int step = 0; step < 600; step++) {
            Kind kind = random.nextBoolean() ? Kind.ANY : Kind.PAGED;
            Duration wait = limited.untilAllowed(kind);
            if (wait.isZero()) {
                limited.sent(kind);
                any.add(time.millis());
                if (kind == Kind.PAGED) {
                    paged.add(time.millis());
                }
            } else {
                time.advance(random.nextBoolean() ? wait : Duration.ofMillis(random.nextInt(20_000)));
            }
        }
        assertWithin(any, 30, Duration.ofMinutes(5));
        assertWithin(paged, 20, Duration.ofMinutes(15));
    }

    private static void assertWithin(List<Long> sent, int most, Duration period) {
        for (int from = 0; from + most < sent.size(); from++) {
            assertThat(sent.get(from + most) - sent.get(from)).isGreaterThanOrEqualTo(period.toMillis());
        }
    }

    @Example
    void whatTheHeadersSayIsLeftCountsMoreThanOnesOwnCount() {
        limiter.sent(Kind.ANY);
        limiter.answered(
                Kind.ANY,
                200,
                headers(
                        "X-Ratelimit-Remaining",
                        "0",
                        "X-Ratelimit-Reset",
                        clock.instant().plusSeconds(90) + ""),
                clock.instant());
        assertThat(limiter.untilAllowed(Kind.ANY)).isBetween(Duration.ofSeconds(90), Duration.ofSeconds(91));
        assertThat(limiter.room(Kind.ANY)).isZero();
        clock.advance(Duration.ofSeconds(91));
        assertThat(limiter.untilAllowed(Kind.ANY).compareTo(Duration.ofSeconds(30)))
                .isNegative();
    }

    @Example
    void aRefusalIsHeededWithAndWithoutRetryAfter() {
        limiter.answered(Kind.ANY, 429, headers("Retry-After", "40", "a", "b"), clock.instant());
        assertThat(limiter.untilAllowed(Kind.PAGED)).isBetween(Duration.ofSeconds(40), Duration.ofSeconds(41));
        clock.advance(Duration.ofSeconds(41));
        limiter.answered(Kind.ANY, 429, AnswerHeaders.none(), clock.instant());
        assertThat(limiter.untilAllowed(Kind.ANY)).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(12));
    }

    @Example
    void aRefusalThatLeavesSomethingIsNotTheLimits() {
        limiter.answered(
                Kind.ANY,
                429,
                headers(
                        "X-RateLimit-Remaining",
                        "285",
                        "X-RateLimit-Reset",
                        clock.instant().plusSeconds(170) + ""),
                clock.instant());
        assertThat(limiter.untilAllowed(Kind.ANY)).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(7));
    }

    @Example
    void anInstanceThatResetsInYearsIsNotBelieved() {
        limiter.answered(
                Kind.ANY, 429, headers("X-RateLimit-Reset", "2099-01-01T00:00:00Z", "a", "b"), clock.instant());
        assertThat(limiter.untilAllowed(Kind.ANY)).isBetween(Duration.ofMinutes(60), Duration.ofMinutes(61));
    }

    private static AnswerHeaders headers(String name, String value, String other, String more) {
        return new AnswerHeaders(Map.of(name, List.of(value), other, List.of(more)));
    }
}

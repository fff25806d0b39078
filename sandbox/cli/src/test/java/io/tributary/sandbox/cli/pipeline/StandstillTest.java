package io.tributary.sandbox.cli.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StandstillTest {
    private static final Optional<String> FULL = Optional.of("the disk is full");

    private final Standstill standstill = new Standstill(Duration.ofSeconds(60));

    @Test
    void nothingMovesAndAReasonIsKnownForLongEnough() {
        assertThat(standstill.look(5, FULL, 1_000)).isFalse();
        assertThat(standstill.look(5, FULL, 60_999)).isFalse();
        assertThat(standstill.look(5, FULL, 61_000)).isTrue();
    }

    @Test
    void aLittleProgressBeginsTheWaitAnew() {
        assertThat(standstill.look(5, FULL, 0)).isFalse();
        assertThat(standstill.look(6, FULL, 59_000)).isFalse();
        assertThat(standstill.look(6, FULL, 118_000)).isFalse();
        assertThat(standstill.look(6, FULL, 119_000)).isTrue();
    }

    @Test
    void withoutAReasonItIsOnlySlow() {
        assertThat(standstill.look(5, Optional.empty(), 0)).isFalse();
        assertThat(standstill.look(5, Optional.empty(), 600_000)).isFalse();
        assertThat(standstill.look(5, FULL, 601_000)).isFalse();
    }

    @Test
    void readinessIsNewsOnlyWhereItLasts() {
        ReadinessNews news = new ReadinessNews("consumer-1", Duration.ofSeconds(10), 0);
        assertThat(news.line(FULL, 9_999)).isEmpty();
        assertThat(news.line(Optional.empty(), 10_000)).isEmpty();
        assertThat(news.line(FULL, 15_000)).isEmpty();
        assertThat(news.line(FULL, 20_000)).contains("consumer-1 is not ready: the disk is full");
        assertThat(news.line(FULL, 40_000)).isEmpty();
        assertThat(news.line(Optional.empty(), 41_000)).contains("consumer-1 is ready again");
        assertThat(news.line(Optional.empty(), 42_000)).isEmpty();
    }
}

package io.tributary.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ManualClockTest {
    @Test
    void standsStillUntilItIsMoved() {
        ManualClock clock = new ManualClock();
        assertThat(clock.instant()).isEqualTo("2024-02-29T12:00:00Z");
        assertThat(clock.nanos()).isZero();

        clock.advance(Duration.ofMillis(1500));
        assertThat(clock.instant()).isEqualTo("2024-02-29T12:00:01.500Z");
        assertThat(clock.nanos()).isEqualTo(1_500_000_000L);
    }
}

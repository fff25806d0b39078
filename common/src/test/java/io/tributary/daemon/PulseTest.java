package io.tributary.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PulseTest {
    private long millis = 5;
    private final Pulse pulse = new Pulse("encoder-0", () -> millis * 1_000_000);

    @Test
    void whoeverRestsIsNeverOverdue() {
        millis += Duration.ofDays(1).toMillis();
        assertThat(pulse.overdue()).isEmpty();
        pulse.beat(Duration.ofSeconds(1));
        pulse.rest();
        millis += Duration.ofDays(1).toMillis();
        assertThat(pulse.overdue()).isEmpty();
    }

    @Test
    void whoeverPromisesASignOfLifeAndGivesNoneIsOverdue() {
        pulse.beat(Duration.ofSeconds(10));
        millis += 10_000;
        assertThat(pulse.overdue()).isEmpty();
        millis += 1;
        assertThat(pulse.overdue()).contains("encoder-0 has given no sign of life for 10 s");
        pulse.beat(Duration.ofMinutes(10));
        millis += 599_000;
        assertThat(pulse.overdue()).isEmpty();
    }
}

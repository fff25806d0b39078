package io.tributary.producer;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.daemon.health.Health;
import io.tributary.testing.ManualClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class VitalsTest {
    private final ManualClock time = new ManualClock();
    private long read;
    private final Vitals vitals = new Vitals(time::nanos, () -> read);

    @Test
    void aThreadThatHangsInItsOwnWorkIsMissedAfterAMinute() {
        vitals.publisher().beat(Vitals.ELSEWHERE);
        vitals.reader().beat(Vitals.OWN);
        assertThat(vitals.live().ok()).isTrue();
        time.advance(Duration.ofSeconds(60));
        assertThat(vitals.live().ok()).isTrue();
        time.advance(Duration.ofSeconds(1));
        assertThat(vitals.live()).isEqualTo(Health.bad("the reading thread has given no sign of life for 61 s"));
        vitals.reader().beat(Vitals.OWN);
        assertThat(vitals.live()).isEqualTo(Health.good("running"));
    }

    @Test
    void aKafkaThatDoesNotAnswerIsGivenLongerThanItsClientTakes() {
        for (int hour = 0; hour < 3; hour++) {
            vitals.publisher().beat(Vitals.ELSEWHERE);
            time.advance(Duration.ofMinutes(9));
            assertThat(vitals.live().ok()).isTrue();
        }
        time.advance(Duration.ofMinutes(2));
        assertThat(vitals.live()).isEqualTo(Health.bad("the publishing thread has given no sign of life for 660 s"));
    }

    @Test
    void readingOnForHoursIsASignOfLife() {
        vitals.publisher().beat(Vitals.ELSEWHERE);
        for (int minute = 0; minute < 300; minute++) {
            read++;
            time.advance(Duration.ofSeconds(59));
            assertThat(vitals.live().ok()).isTrue();
        }
        time.advance(Duration.ofSeconds(61));
        assertThat(vitals.live().ok()).isFalse();
    }
}

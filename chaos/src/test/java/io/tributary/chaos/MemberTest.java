package io.tributary.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.chaos.Member.End;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemberTest {
    @Test
    void whatIsKilledOrStopsCleanlyEndsAsItShould() {
        assertThat(new End(137, true, true, List.of("anything")).asItShould()).isTrue();
        assertThat(new End(0, true, true, List.of("stopped")).asItShould()).isTrue();
        assertThat(new End(143, true, false, List.of()).asItShould()).isTrue();
    }

    @Test
    void whatWasToldToStopAndFailedDoesNot() {
        assertThat(new End(1, true, true, List.of("failed")).asItShould()).isFalse();
        assertThat(new End(143, true, true, List.of()).asItShould()).isFalse();
    }

    @Test
    void whatEndsByItselfDoesNotUnlessItWasStartedWhileKafkaOrS3WasAway() {
        assertThat(new End(1, false, true, List.of("consumer-daemon: no broker of kafka.bootstrap-servers [x] answers"))
                        .asItShould())
                .isTrue();
        assertThat(new End(1, false, true, List.of("consumer-daemon: s3 list staging/ in bucket b: 503 SlowDown"))
                        .asItShould())
                .isTrue();
        assertThat(new End(1, false, true, List.of("consumer-daemon: thread poll died: x")).asItShould())
                .isFalse();
        assertThat(new End(0, false, true, List.of()).asItShould()).isFalse();
        assertThat(new End(137, false, true, List.of()).asItShould()).isFalse();
    }
}

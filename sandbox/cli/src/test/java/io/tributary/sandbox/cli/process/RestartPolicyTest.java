package io.tributary.sandbox.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.sandbox.cli.process.Program.Kind;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RestartPolicyTest {
    private static final int KILLED = 137;

    private final RestartPolicy policy = RestartPolicy.standard();

    @Test
    void aKilledProcessIsStartedAgain() {
        assertThat(policy.decide(Kind.SERVER, new Ended(KILLED, true, 5_000, false), 0))
                .isEqualTo(new RestartPolicy.Restart(Duration.ofMillis(200)));
    }

    @Test
    void eachFailureInARowWaitsTwiceAsLong() {
        assertThat(policy.decide(Kind.DAEMON, new Ended(KILLED, true, 100, false), 3))
                .isEqualTo(new RestartPolicy.Restart(Duration.ofMillis(1600)));
    }

    @Test
    void theSixthFailureInARowIsTheLast() {
        assertThat(policy.decide(Kind.DAEMON, new Ended(KILLED, true, 100, false), 4))
                .isInstanceOf(RestartPolicy.Restart.class);
        assertThat(policy.decide(Kind.DAEMON, new Ended(KILLED, true, 100, false), 5))
                .isInstanceOf(RestartPolicy.GiveUp.class);
    }

    @Test
    void aLongRunBeginsANewRow() {
        assertThat(policy.decide(Kind.DAEMON, new Ended(KILLED, true, 31_000, false), 5))
                .isInstanceOf(RestartPolicy.Restart.class);
    }

    @Test
    void aTaskThatEndsWellIsDone() {
        assertThat(policy.decide(Kind.TASK, new Ended(0, true, 5_000, false), 0))
                .isInstanceOf(RestartPolicy.Done.class);
    }

    @Test
    void aTaskThatRefusesItsInputIsNotTriedAgain() {
        assertThat(policy.decide(Kind.TASK, new Ended(1, true, 5_000, false), 0))
                .isInstanceOf(RestartPolicy.GiveUp.class);
    }

    @Test
    void aTaskThatFailsBecauseAnotherDiedIsTriedAgain() {
        assertThat(policy.decide(Kind.TASK, new Ended(1, true, 5_000, true), 0))
                .isInstanceOf(RestartPolicy.Restart.class);
    }

    @Test
    void aServerThatNeverCameUpIsNotTriedAgain() {
        assertThat(policy.decide(Kind.SERVER, new Ended(1, false, 500, false), 0))
                .isInstanceOf(RestartPolicy.GiveUp.class);
    }

    @Test
    void badConfigurationIsNeverTriedAgain() {
        assertThat(policy.decide(Kind.DAEMON, new Ended(2, true, 500, true), 0))
                .isInstanceOf(RestartPolicy.GiveUp.class);
    }

    @Test
    void anEndIsDescribed() {
        assertThat(new Ended(KILLED, true, 1, false).describe()).isEqualTo("was killed");
        assertThat(new Ended(143, true, 1, false).describe()).isEqualTo("was ended by signal 15");
        assertThat(new Ended(1, true, 1, false).describe()).isEqualTo("ended with exit code 1");
    }
}

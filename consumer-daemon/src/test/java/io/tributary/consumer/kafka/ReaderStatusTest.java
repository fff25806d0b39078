package io.tributary.consumer.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.consumer.upload.UploadHealth;
import io.tributary.daemon.MonotonicClock;
import io.tributary.daemon.health.Health;
import io.tributary.testing.ManualClock;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class ReaderStatusTest {
    private static final TopicPartition ONE = new TopicPartition("flights", 1);
    private static final TopicPartition TWO = new TopicPartition("flights", 2);

    private final ManualClock time = new ManualClock();
    private final MonotonicClock clock = time::nanos;
    private final UploadHealth uploads = new UploadHealth(clock, Duration.ofSeconds(5));
    private final Mailbox mailbox = new Mailbox();
    private Optional<String> stuck = Optional.empty();
    private final ReaderStatus status =
            new ReaderStatus(clock, uploads, mailbox::failure, () -> stuck, Duration.ofSeconds(30));
    private final PartitionProgress progress = new PartitionProgress();

    @Test
    void itIsNotReadyBeforeTheGroupHasGivenItPartitions() {
        assertThat(status.ready()).isEqualTo(Health.bad("joining the group"));
    }

    @Test
    void aWorkerThatHangsIsToldAndNothingThatIsMerelyAway() {
        uploads.failing("link", "S3 is away");
        time.advance(Duration.ofSeconds(59));
        assertThat(status.live()).isEqualTo(Health.good("polling"));
        stuck = Optional.of("encoder-0 has given no sign of life for 61 s");
        assertThat(status.live()).isEqualTo(Health.bad("encoder-0 has given no sign of life for 61 s"));
        stuck = Optional.empty();
        time.advance(Duration.ofSeconds(2));
        assertThat(status.live()).isEqualTo(Health.bad("the poll thread has not turned for 61 s"));
        status.turned(clock.millis());
        assertThat(status.live()).isEqualTo(Health.good("polling"));
    }

    @Test
    void aLagThatIsNotKnownIsNotTakenForNone() {
        figures(7, OptionalLong.empty(), 7, OptionalLong.of(0));
        assertThat(status.ready()).isEqualTo(Health.bad("the log's end of 1 of 2 partitions is not known yet"));
        figures(7, OptionalLong.of(3), 7, OptionalLong.of(0));
        assertThat(status.ready()).isEqualTo(Health.good("2 partitions, 3 offsets to read"));
    }

    @Test
    void aPartitionThatStandsIsNotHiddenByOneThatMovesAndItRecoversByItself() {
        for (int second = 0; second <= 31; second++) {
            figures(100, OptionalLong.of(second), second, OptionalLong.of(1000));
            if (second < 31) {
                assertThat(status.ready().ok()).as("after %s s", second).isTrue();
                time.advance(Duration.ofSeconds(1));
            }
        }
        assertThat(status.ready())
                .isEqualTo(Health.bad("flights-1 has stood at offset 100 for 31 s with 31 offsets to read"));
        assertThat(status.millisSinceProgress()).isEqualTo(31_000);
        figures(101, OptionalLong.of(30), 32, OptionalLong.of(1000));
        assertThat(status.ready().ok()).isTrue();
    }

    @Test
    void aPartitionWithNothingToReadMayStandForEver() {
        for (int hour = 0; hour < 3; hour++) {
            figures(100, OptionalLong.of(0), 5, OptionalLong.of(0));
            time.advance(Duration.ofHours(1));
            status.turned(clock.millis());
        }
        assertThat(status.ready().ok()).isTrue();
        assertThat(status.millisSinceProgress()).isZero();
    }

    @Test
    void aPartitionThatStandsWithAnUnknownLagIsToldToo() {
        figures(100, OptionalLong.empty(), 5, OptionalLong.of(0));
        time.advance(Duration.ofSeconds(40));
        figures(100, OptionalLong.empty(), 5, OptionalLong.of(0));
        assertThat(status.ready())
                .isEqualTo(Health.bad(
                        "flights-1 has stood at offset 100 for 40 s with an unknown number of offsets to read"));
    }

    @Test
    void aFailureThatLastsMakesItNotReadyAndSuccessMakesItReadyAgain() {
        figures(1, OptionalLong.of(0), 1, OptionalLong.of(0));
        uploads.failing("link", "s3 put x: 503 SlowDown");
        assertThat(status.ready().ok()).as("a single failure").isTrue();
        time.advance(Duration.ofSeconds(5));
        uploads.failing("link", "s3 put x: 500 InternalError");
        assertThat(status.ready())
                .isEqualTo(Health.bad("1 operations fail and are tried again, such as: s3 put x: 500 InternalError"));
        uploads.settled("link");
        assertThat(status.ready().ok()).isTrue();
    }

    @Test
    void aWorkerThatDiedMakesItNeitherReadyNorLive() {
        figures(1, OptionalLong.of(0), 1, OptionalLong.of(0));
        mailbox.fail(new IllegalStateException("the encoder met what cannot be"));
        Health dead = Health.bad("a worker died: the encoder met what cannot be");
        assertThat(status.ready()).isEqualTo(dead);
        assertThat(status.live()).isEqualTo(dead);
    }

    @Test
    void aPollThreadThatDoesNotTurnMakesItNotLive() {
        time.advance(Duration.ofSeconds(61));
        assertThat(status.live()).isEqualTo(Health.bad("the poll thread has not turned for 61 s"));
    }

    private void figures(long positionOne, OptionalLong lagOne, long positionTwo, OptionalLong lagTwo) {
        status.turned(clock.millis());
        progress.note(ONE, positionOne, lagOne, clock.millis());
        progress.note(TWO, positionTwo, lagTwo, clock.millis());
        int unknown = (lagOne.isPresent() ? 0 : 1) + (lagTwo.isPresent() ? 0 : 1);
        status.update(new ReaderStatus.Snapshot(
                true,
                2,
                0,
                0,
                true,
                unknown == 0 ? OptionalLong.of(lagOne.getAsLong() + lagTwo.getAsLong()) : OptionalLong.empty(),
                unknown,
                progress.longest()));
    }

    @Test
    void onlyAssignedPartitionsCount() {
        progress.note(ONE, 1, OptionalLong.of(9), 0);
        progress.note(TWO, 1, OptionalLong.of(9), 5);
        progress.retain(java.util.List.of(TWO));
        assertThat(progress.longest())
                .isEqualTo(Optional.of(new PartitionProgress.Standing(TWO, 1, OptionalLong.of(9), 5)));
    }
}

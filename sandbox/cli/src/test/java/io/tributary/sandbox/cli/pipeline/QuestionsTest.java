package io.tributary.sandbox.cli.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.sandbox.cli.CommandFailure;
import io.tributary.sandbox.cli.process.Patience;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.model.S3Exception;

class QuestionsTest {
    private long now;

    @Test
    void aServerThatIsAwayIsAskedUntilItIsBack() throws CommandFailure {
        Deque<RuntimeException> failures = new ArrayDeque<>(List.of(
                SdkClientException.create("refused"),
                S3Exception.builder().statusCode(503).build(),
                new TimeoutException("no answer")));

        assertThat(questions().answer(() -> {
                    if (!failures.isEmpty()) {
                        throw failures.pop();
                    }
                    return "back";
                }))
                .isEqualTo("back");
    }

    @Test
    void whatAskingAgainDoesNotHelpIsToldAtOnce() {
        assertThatThrownBy(() -> questions().answer(() -> {
                    throw S3Exception.builder()
                            .statusCode(403)
                            .message("denied")
                            .build();
                }))
                .isInstanceOf(S3Exception.class);
    }

    @Test
    void aServerThatStaysAwayIsGivenUpAndTheCommandGoesOnLater() {
        Questions questions = questions();
        assertThatThrownBy(() -> questions.answer(() -> {
                    now += TimeUnit.MINUTES.toNanos(1);
                    throw SdkClientException.create("connection refused");
                }))
                .isInstanceOf(CommandFailure.class)
                .hasMessage("connection refused; the same command goes on from here");
    }

    private Questions questions() {
        return new Questions(Patience.alone(), () -> now);
    }
}

package io.tributary.producer.sink.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.producer.sink.kafka.SimulatedKafka.Fate;
import io.tributary.testing.simulation.Schedule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Schedules that the simulation found and made small, one for each way to get the protocol wrong. */
class KeptCheckpointSchedulesTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    CHECKPOINT_OUTSIDE_TRANSACTION | 0; open 1 1; open 0 4; append 2 4; start 1 5; commit 2 3 refused
                    NO_FENCE | 0; open 0 2; open 2 4 lost
                    READ_UNCOMMITTED | 0; open 0 1; open 1 0; append 1 3; commit 2 3 refused
                    READ_BEFORE_FENCE | 0; open 1 4 half; start 2 2; open 0 4; open 1 1; open 0 0; append 2 2; \
                        commit 0 0 lost; open 1 5; open 1 0; crash 0 4; append 0 2; commit 0 1
                    READ_STOPS_AT_OPEN_TRANSACTION | 0; open 2 3; start 1 2; other 2 3 late; open 1 2; open 0 0; \
                        append 2 5 late; open 2 0; append 1 3; start 1 1 late; commit 0 0; open 1 0; open 1 2; \
                        append 0 4; append 2 5; commit 1 1 late
                    NO_ANSWER_IS_ABORT | 0; open 2 5; open 0 1; append 0 2; commit 2 3 refused; open 2 2; open 1 1 late; \
                        append 1 1; commit 1 1 lost; append 2 4 lost; append 1 3; open 0 2; open 2 4 lost; append 2 3; \
                        commit 2 0
                    NO_ANSWER_IS_COMMIT | 0; open 0 1; open 1 0; append 1 3; commit 2 3 refused; open 0 2; open 2 4 lost; \
                        append 2 3; commit 2 0
                    """)
    void theProtocolSurvivesWhatItsMutantDoesNot(CheckpointMutant mutant, String schedule) {
        assertThat(CheckpointSimulation.run(CheckpointSimulation.VOCABULARY.parse(schedule), CheckpointMutant.NONE))
                .isEmpty();
        assertThat(CheckpointSimulation.run(CheckpointSimulation.VOCABULARY.parse(schedule), mutant))
                .isPresent();
    }

    @Test
    void aScheduleReadsBackAsItIsWritten() {
        for (long seed = 0; seed < 100; seed++) {
            Schedule<CheckpointAct, Fate> schedule = CheckpointSimulation.VOCABULARY.schedule(seed);
            assertThat(CheckpointSimulation.VOCABULARY.parse(schedule.toString()))
                    .isEqualTo(schedule);
        }
    }
}

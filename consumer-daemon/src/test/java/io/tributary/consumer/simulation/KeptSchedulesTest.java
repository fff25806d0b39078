package io.tributary.consumer.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.testing.simulation.Schedule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Schedules that the simulation found and made small, one for each way to get the protocol wrong. */
class KeptSchedulesTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    UNCONDITIONAL_PUT | 395; poll 0 0; poll 0 0; poll 0 1
                    TAKEN_IS_CREATED | 777; poll 0 0; assign 0 0; produce 0 7; poll 1 0; poll 0 0; poll 1 0; poll 1 4; \
                        cut 1 0; poll 0 7; put 1 0; cut 0 0; poll 0 1; put 0 0
                    NEXT_IS_LAST_OFFSET | 50
                    NEXT_IS_AFTER_LAST_RECORD | 50
                    END_NOT_LISTED | 50; poll 0 0; poll 0 0; poll 0 1; cut 0 0; put 0 0; poll 0 1; cut 0 0; put 0 0; clean 0 0
                    END_IS_COMMITTED_OFFSET | 765; meddle 0 1
                    FIRST_NAMED_BY_LOG_START | 395; expire 0 1
                    FIRST_NAMED_BY_COMMIT | 765; meddle 0 1
                    PUTS_OUT_OF_ORDER | 50; poll 0 0; poll 0 0; poll 0 1; cut 0 0; poll 0 1; put 0 0 late
                    ADOPTION_KEEPS_READING | 626; poll 0 0; assign 0 0; poll 3 0; poll 0 0; poll 0 15; poll 1 0; poll 3 7; \
                        cut 3 0; put 3 0; produce 0 7; cut 0 0; put 0 0; poll 0 7; cut 0 0; put 0 0
                    TOPIC_ID_NOT_READ_AGAIN | 164; poll 0 0; recreate 0 0; poll 0 0; poll 0 1
                    COMMIT_BEFORE_WRITTEN | 50
                    ADOPTION_TAKEN_FOR_TRUNCATION | 342; poll 0 0; expire 0 1; assign 0 0; poll 1 0; poll 0 0; poll 1 0; \
                        poll 0 0; cut 0 14; cut 1 8; put 1 0; put 0 0; poll 0 0; poll 0 0
                    LOSS_NOT_NAMED | 722; poll 0 0; poll 0 0; poll 0 1; cut 0 0; put 0 0; expire 0 3
                    TRAILING_OFFSETS_NOT_LINKED | 765; produce 0 3; expire 0 7; expire 0 7
                    END_NOT_FOLLOWED | 797; poll 0 0; produce 0 15; poll 0 0; cut 0 5; poll 0 3; poll 0 8; put 0 0; cut 0 0; \
                        put 0 0; replay 0 0; switch 0 0
                    MARK_TAKEN_FOR_THE_END | 241; poll 0 0; poll 0 0; cut 0 20; poll 0 1; put 0 0; cut 0 0; put 0 0; \
                        replay 0 0; switch 0 0; replay 0 0
                    SWITCHED_WITHOUT_DIFF | 480; skip 0 17; skip 0 3; poll 0 0; poll 0 0; poll 0 6; cut 0 0; put 0 0; \
                        replay 0 0; switch 0 0
                    SWITCHED_WITHOUT_COPY | 797; poll 0 0; produce 0 15; poll 0 0; cut 0 5; poll 0 3; poll 0 8; put 0 0; \
                        cut 0 0; put 0 0; poll 0 1; replay 0 0; switch 0 0
                    SWITCHED_UNCONDITIONALLY | 480; poll 0 0; skip 0 7; poll 0 0; poll 0 1; cut 0 17; put 0 0; poll 0 1; \
                        cut 0 14; replay 0 2; switch 3 7; poll 0 15; poll 0 1; poll 0 0; replay 0 0; put 0 0
                    """)
    void theProtocolSurvivesWhatItsMutantDoesNot(Mutant mutant, String schedule) {
        assertThat(Simulation.run(Simulation.VOCABULARY.parse(schedule), Mutant.NONE))
                .isEmpty();
        assertThat(Simulation.run(Simulation.VOCABULARY.parse(schedule), mutant))
                .isPresent();
    }

    @Test
    void aScheduleReadsBackAsItIsWritten() {
        for (long seed = 0; seed < 100; seed++) {
            Schedule<Kind, Fate> schedule = Simulation.VOCABULARY.schedule(seed);
            assertThat(Simulation.VOCABULARY.parse(schedule.toString())).isEqualTo(schedule);
        }
    }
}

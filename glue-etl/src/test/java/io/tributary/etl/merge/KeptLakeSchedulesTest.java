package io.tributary.etl.merge;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.testing.simulation.Schedule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Schedules that the simulation found and made small, one for each way to get the protocol wrong. */
class KeptLakeSchedulesTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    APPEND_WITHOUT_COMPARE_AND_SWAP | 620; begin 0 0; stage 0 0; begin 0 0
                    WATERMARK_NOT_IN_THE_SAME_COMMIT | 940; stage 0 4; step 0 0; step 0 0; step 0 0; stage 0 1; \
                        step 0 0; step 0 0; step 0 0; step 0 0; step 0 0; step 0 0; step 0 0; step 0 0; step 0 0; step \
                        0 0; step 0 0; step 0 0; step 0 0; step 0 0; step 0 0; step 0 0; crash 0 0
                    NO_LOOK_BACK | 632; stage 0 1; step 0 0; step 0 0; step 0 0; step 0 0; step 0 0; step 0 0; \
                        compact 2 0
                    NO_DROP_BELOW_THE_WATERMARK | 447; stage 0 0; stage 0 0; step 0 0
                    UPSERT_NOT_PUBLISHED_AT_ONCE | 447; stage 0 0
                    REJECTS_NOT_TAKEN_AS_DECIDED | 447; step 0 0; stage 0 3; begin 0 0
                    WATERMARK_OF_REJECTS_GOES_BACK | 806; stage 0 0; stage 0 0; stage 0 0; stage 0 3; step 0 3; \
                        step 0 0; step 0 0; step 0 0; step 0 0; step 0 0 lost; stage 1 0
                    WATERMARK_OF_REJECTS_BEGINS_ANEW | 379; step 0 0; step 0 0; stage 2 0; step 0 0; step 0 0; \
                        step 0 0; step 0 0; step 0 0; step 0 0; touch 0 0; forget 0 0; stage 0 3
                    REJECTS_COUNTED_BEYOND_THE_WATERMARK | 918; step 0 0; stage 1 0; step 0 0; step 0 0; step 0 0; \
                        step 0 0; stage 1 3; step 0 0; touch 1 0; forget 4 0; step 0 0; touch 2 0
                    LAST_MERGED_LINK_CLEANED | 447; stage 0 0
                    UNMERGED_LINKS_CLEANED | 447; stage 0 0
                    DELETED_BEFORE_DECLARED | 447; stage 0 0; stage 0 0
                    DECLARATION_GOES_BACK | 447; step 0 0; step 0 0; stage 2 0; step 0 0; step 0 0; begin 0 0; \
                        step 1 0; age 0 7; stage 5 0; step 3 0
                    NEWEST_DELETED_FIRST | 447; stage 2 0; stage 2 0; stage 5 0
                    DECLARATION_NOT_REBUILT_FROM | 102; stage 0 0; age 0 2; stage 0 0; step 0 1; age 0 3; step 0 \
                        0; step 0 0; step 0 0; step 0 0; step 0 0; step 0 0; step 0 0; stage 0 0; step 0 0; touch 4 0; \
                        forget 4 0
                    """)
    void theProtocolSurvivesWhatItsMutantDoesNot(Mutant mutant, String schedule) {
        assertThat(Simulation.run(Simulation.VOCABULARY.parse(schedule), Mutant.NONE, new Tally()))
                .isEmpty();
        assertThat(Simulation.run(Simulation.VOCABULARY.parse(schedule), mutant, new Tally()))
                .isPresent();
    }

    @Test
    void aRunThatFindsAHoleWhichAnotherDeclaredMeanwhileEndsAndTheNextIsRight() {
        String schedule = """
                471; stage 0 1; stage 0 0; age 0 7; step 0 1; step 0 0; step 0 0; step 0 0; step 0 0; step 0 0; step 0 0; \
                step 0 0; step 0 0; step 0 0; step 0 0; step 0 0; touch 5 0; step 0 0; begin 0 0; forget 1 0; step 5 0; \
                step 0 0; step 0 0""";
        Tally tally = new Tally();

        assertThat(Simulation.run(Simulation.VOCABULARY.parse(schedule), Mutant.NONE, tally))
                .isEmpty();
        assertThat(tally.overtaken).isPositive();
    }

    @Test
    void aScheduleReadsBackAsItIsWritten() {
        for (long seed = 0; seed < 100; seed++) {
            Schedule<Act, Fate> schedule = Simulation.VOCABULARY.schedule(seed);
            assertThat(Simulation.VOCABULARY.parse(schedule.toString())).isEqualTo(schedule);
        }
    }
}

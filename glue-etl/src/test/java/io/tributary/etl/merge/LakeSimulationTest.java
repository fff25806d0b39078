package io.tributary.etl.merge;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.testing.simulation.Schedule;
import io.tributary.testing.simulation.Simulations;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The protocol between staging and the lake under random schedules; how to run them again, {@link Simulations} tells. One
 * that failed is kept in {@link KeptLakeSchedulesTest}.
 */
class LakeSimulationTest {
    private static final Tally TALLY = new Tally();
    private static final Simulations<Act, Fate, Mutant> SIMULATIONS =
            new Simulations<>("lake", Simulation.VOCABULARY, Mutant.NONE, LakeSimulationTest::run);

    private static Optional<String> run(Schedule<Act, Fate> schedule, Mutant mutant) {
        Tally one = new Tally();
        Optional<String> wrong = Simulation.run(schedule, mutant, one);
        TALLY.add(one);
        return wrong;
    }

    @AfterAll
    static void summary() {
        System.out.println(SIMULATIONS.summary() + "; " + TALLY);
    }

    @Test
    void underEveryScheduleEachRecordIsInOnePlaceOnce() {
        SIMULATIONS.requireThatNoneFails();

        assertThat(List.of(TALLY.publishes, TALLY.lost, TALLY.crashes, TALLY.rebuilds, TALLY.deleted, TALLY.restored))
                .allMatch(count -> count > Simulations.schedules() / 100);
        assertThat(TALLY.overtaken).isPositive();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void everyRuleThatIsLeftOutIsFound(Mutant mutant) {
        SIMULATIONS.requireThatOneFinds(mutant);
    }
}

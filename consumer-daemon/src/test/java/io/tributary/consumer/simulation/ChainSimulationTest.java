package io.tributary.consumer.simulation;

import io.tributary.testing.simulation.Simulations;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Random schedules of the real chain writer and the real recovery; how to run them again, {@link Simulations} tells. One
 * that failed is kept in {@link KeptSchedulesTest}.
 */
class ChainSimulationTest {
    private static final Simulations<Kind, Fate, Mutant> SIMULATIONS =
            new Simulations<>("chain", Simulation.VOCABULARY, Mutant.NONE, Simulation::run);

    @AfterAll
    static void summary() {
        System.out.println(SIMULATIONS.summary());
    }

    @Test
    void noScheduleBreaksTheChain() {
        SIMULATIONS.requireThatNoneFails();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void someScheduleFindsEachMutant(Mutant mutant) {
        SIMULATIONS.requireThatOneFinds(mutant);
    }
}

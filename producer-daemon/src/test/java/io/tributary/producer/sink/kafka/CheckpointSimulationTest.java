package io.tributary.producer.sink.kafka;

import io.tributary.producer.sink.kafka.SimulatedKafka.Fate;
import io.tributary.testing.simulation.Simulations;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Random schedules of the real session and the real reading of checkpoints: crashes, zombies, commits without an answer
 * or that arrive late, half of their markers written, transactions that expire, a compacted log that other sources hold
 * up. How to run them again, {@link Simulations} tells. One that failed is kept in {@link KeptCheckpointSchedulesTest}.
 */
class CheckpointSimulationTest {
    private static final Simulations<CheckpointAct, Fate, CheckpointMutant> SIMULATIONS = new Simulations<>(
            "checkpoint", CheckpointSimulation.VOCABULARY, CheckpointMutant.NONE, CheckpointSimulation::run);

    @AfterAll
    static void summary() {
        System.out.println(SIMULATIONS.summary());
    }

    @Test
    void everyScheduleEndsWithEachRecordPublishedOnce() {
        SIMULATIONS.requireThatNoneFails();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void someScheduleFindsEachMutant(CheckpointMutant mutant) {
        SIMULATIONS.requireThatOneFinds(mutant);
    }
}

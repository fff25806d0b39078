package io.tributary.producer.sink.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.tributary.daemon.MonotonicClock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Random schedules of the real session and the real reading of checkpoints: crashes, zombies, commits without an answer
 * or that arrive late, half of their markers written, transactions that expire, a compacted log that other sources hold
 * up. All schedules of a run follow from one seed, which is printed: {@code -Dtributary.simulation.seed=N} runs the same
 * ones again, {@code -Dtributary.simulation.schedules=N} more or fewer. One that fails is made small and printed.
 */
class CheckpointSimulationTest {
    private static final int SCHEDULES = Integer.getInteger("tributary.simulation.schedules", 100_000);
    private static final int MUTANT_SCHEDULES = 100_000;
    private static final long SEED = Long.getLong(
            "tributary.simulation.seed", ThreadLocalRandom.current().nextInt(Integer.MAX_VALUE));
    private static final MonotonicClock CLOCK = MonotonicClock.system();

    private static final Map<String, Integer> FOUND = new TreeMap<>();
    private static String outcome = "no schedules";

    @AfterAll
    static void summary() {
        System.out.println("checkpoint simulation: seed " + SEED + ", " + outcome
                + "; mutants found after so many schedules: " + FOUND);
    }

    @Test
    void everyScheduleEndsWithEachRecordPublishedOnce() {
        long started = CLOCK.millis();
        for (int number = 0; number < SCHEDULES; number++) {
            List<CheckpointEvent> schedule = CheckpointSimulation.schedule(SEED + number);
            Optional<String> wrong = CheckpointSimulation.run(schedule, CheckpointMutant.NONE);
            if (wrong.isPresent()) {
                List<CheckpointEvent> small = CheckpointSimulation.shrink(schedule, CheckpointMutant.NONE);
                fail("seed " + (SEED + number) + ": " + wrong.get() + "\nsmaller: \"" + CheckpointSimulation.text(small)
                        + "\": "
                        + CheckpointSimulation.run(small, CheckpointMutant.NONE).orElseThrow());
            }
        }
        outcome =
                SCHEDULES + " schedules in " + (CLOCK.millis() - started) / 1000 + " s, none lost or doubled a record";
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void someScheduleFindsEachMutant(CheckpointMutant mutant) {
        int number = 0;
        while (number < MUTANT_SCHEDULES
                && CheckpointSimulation.run(CheckpointSimulation.schedule(SEED + number), mutant)
                        .isEmpty()) {
            number++;
        }
        assertThat(number).as("schedules in which nobody notices %s", mutant).isLessThan(MUTANT_SCHEDULES);
        FOUND.put(mutant.name().toLowerCase(Locale.ROOT), number + 1);
        List<CheckpointEvent> small = CheckpointSimulation.shrink(CheckpointSimulation.schedule(SEED + number), mutant);
        assertThat(CheckpointSimulation.run(small, mutant)).isPresent();
        assertThat(CheckpointSimulation.run(small, CheckpointMutant.NONE)).isEmpty();
    }
}

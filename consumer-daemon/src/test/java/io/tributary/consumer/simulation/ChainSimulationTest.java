package io.tributary.consumer.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.tributary.daemon.MonotonicClock;
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
 * Random schedules of the real chain writer and the real recovery. All schedules of a run follow from one seed, which is
 * printed: {@code -Dtributary.simulation.seed=N} runs the same ones again, {@code -Dtributary.simulation.schedules=N}
 * more or fewer. A schedule that fails is made small and printed as text, to be kept in {@link KeptSchedulesTest}.
 */
class ChainSimulationTest {
    private static final int SCHEDULES = Integer.getInteger("tributary.simulation.schedules", 100_000);
    private static final int MUTANT_SCHEDULES = 100_000;
    private static final long SEED = Long.getLong(
            "tributary.simulation.seed", ThreadLocalRandom.current().nextInt(Integer.MAX_VALUE));
    private static final MonotonicClock CLOCK = MonotonicClock.system();

    private static final Map<String, Integer> FOUND = new TreeMap<>();
    private static String outcome = "no schedules";

    @AfterAll
    static void summary() {
        System.out.println("chain simulation: seed " + SEED + ", " + outcome
                + "; mutants found after so many schedules: " + FOUND);
    }

    @Test
    void noScheduleBreaksTheChain() {
        long started = CLOCK.millis();
        for (int number = 0; number < SCHEDULES; number++) {
            Schedule schedule = Schedule.of(SEED + number);
            Optional<String> wrong = Simulation.run(schedule, Mutant.NONE);
            if (wrong.isPresent()) {
                Schedule small = shrunk(schedule, Mutant.NONE);
                fail("seed " + (SEED + number) + " broke the chain: " + wrong.get() + "\nsmaller: \"" + small + "\": "
                        + Simulation.run(small, Mutant.NONE).orElseThrow());
            }
        }
        outcome = SCHEDULES + " schedules in " + (CLOCK.millis() - started) / 1000 + " s, none broke the chain";
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void someScheduleFindsEachMutant(Mutant mutant) {
        int number = 0;
        while (number < MUTANT_SCHEDULES
                && Simulation.run(Schedule.of(SEED + number), mutant).isEmpty()) {
            number++;
        }
        assertThat(number).as("schedules in which nobody notices %s", mutant).isLessThan(MUTANT_SCHEDULES);
        FOUND.put(mutant.name().toLowerCase(Locale.ROOT), number + 1);
        Schedule small = shrunk(Schedule.of(SEED + number), mutant);
        assertThat(Simulation.run(small, mutant)).isPresent();
        assertThat(Simulation.run(small, Mutant.NONE))
                .as("\"%s\" as it should be", small)
                .isEmpty();
    }

    private static Schedule shrunk(Schedule failing, Mutant mutant) {
        return Shrinker.shrink(
                failing, candidate -> Simulation.run(candidate, mutant).isPresent());
    }
}

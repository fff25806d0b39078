package io.tributary.etl.merge;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The protocol between staging and the lake under random schedules. A failing schedule is named by its seed and told step
 * by step; to run it alone: {@code -Dtest=LakeSimulationTest -Dtributary.simulation.seed=SEED
 * -Dtributary.simulation.schedules=1}.
 */
class LakeSimulationTest {
    private static final long FIRST_SEED = Long.getLong("tributary.simulation.seed", 1);
    private static final int SCHEDULES = Integer.getInteger("tributary.simulation.schedules", 100_000);
    private static final int MOST_FOR_A_MUTANT = 20_000;
    private static final Map<Mutant, Integer> FOUND = new EnumMap<>(Mutant.class);

    private static String summary = "not run";

    @Test
    void underEveryScheduleEachRecordIsInOnePlaceOnce() {
        long cpu = cpuMillis();
        long steps = 0;
        long publishes = 0;
        long lost = 0;
        long crashes = 0;
        long rebuilds = 0;
        for (long seed = FIRST_SEED; seed < FIRST_SEED + SCHEDULES; seed++) {
            Simulation simulation = new Simulation(seed, Mutant.NONE);
            runAndTell(simulation, seed);
            steps += simulation.steps;
            publishes += simulation.publishes;
            lost += simulation.lost;
            crashes += simulation.crashes;
            rebuilds += simulation.rebuilds;
        }
        summary = SCHEDULES + " schedules from seed " + FIRST_SEED + ", " + steps + " steps, " + publishes
                + " publications, " + lost + " lost races, " + crashes + " crashes, " + rebuilds
                + " rebuilds, 0 broken, "
                + (cpuMillis() - cpu) / 1000.0 + " s of CPU";

        assertThat(List.of(publishes, lost, crashes, rebuilds)).allMatch(count -> count > SCHEDULES / 100);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void everyRuleThatIsLeftOutIsFound(Mutant mutant) {
        List<String> failures = new ArrayList<>();
        int schedules = 0;
        while (failures.isEmpty() && schedules < MOST_FOR_A_MUTANT) {
            schedules++;
            try {
                new Simulation(FIRST_SEED + schedules, mutant).run();
            } catch (AssertionError broken) {
                failures.add(String.valueOf(broken.getMessage()));
            }
        }
        FOUND.put(mutant, schedules);

        assertThat(failures).as(mutant + " within " + schedules + " schedules").hasSize(1);
    }

    @AfterAll
    static void tell() {
        System.out.println("lake simulation: " + summary + "; mutants found after so many schedules: " + FOUND);
    }

    private static void runAndTell(Simulation simulation, long seed) {
        try {
            simulation.run();
        } catch (AssertionError broken) {
            Simulation.Tracing.ON.set(true);
            try {
                new Simulation(seed, Mutant.NONE).run();
            } finally {
                Simulation.Tracing.ON.set(false);
            }
            throw broken;
        }
    }

    private static long cpuMillis() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() / 1_000_000;
    }
}

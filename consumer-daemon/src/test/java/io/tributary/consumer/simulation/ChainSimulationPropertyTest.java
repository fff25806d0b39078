package io.tributary.consumer.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Random schedules of the real chain writer. To look into a failure, run {@link Simulation#run} with the seed that is
 * printed.
 */
class ChainSimulationPropertyTest {
    private static final int MUTANT_SCHEDULES = 20_000;

    @Property(tries = 4000, shrinking = ShrinkingMode.OFF)
    void noScheduleBreaksTheChain(@ForAll long seed) {
        assertThat(Simulation.run(seed, Mutant.NONE)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void someScheduleCatchesEachMutant(Mutant mutant) {
        Optional<String> caught = LongStream.range(0, MUTANT_SCHEDULES)
                .mapToObj(seed -> Simulation.run(seed, mutant))
                .flatMap(Optional::stream)
                .findFirst();
        assertThat(caught).as("a violation by %s", mutant).isPresent();
    }
}

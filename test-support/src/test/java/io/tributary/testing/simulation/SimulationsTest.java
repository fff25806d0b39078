package io.tributary.testing.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.testing.simulation.Vocabulary.Limits;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A world that breaks when something is put into it twice with a lost answer in between. */
class SimulationsTest {
    private final Vocabulary<Kind, Fate> vocabulary =
            new Vocabulary<>(Kind.class, Fate.class, new Limits(3, 9, 20, 60));

    private enum Kind implements Weighted {
        PUT(3),
        WAIT(1);

        private final int weight;

        Kind(int weight) {
            this.weight = weight;
        }

        @Override
        public int weight() {
            return weight;
        }
    }

    private enum Fate {
        ANSWERED,
        LOST
    }

    private enum Mutant {
        NONE,
        FRAGILE,
        NEVER_SEEN
    }

    @Test
    void aScheduleThatFailsIsToldAsTheSmallestThatDoes() {
        Simulations<Kind, Fate, Mutant> fragile =
                new Simulations<>("fragile", vocabulary, Mutant.NONE, (schedule, mutant) -> broken(schedule));

        assertThatThrownBy(fragile::requireThatNoneFails)
                .isInstanceOf(AssertionError.class)
                .hasMessageMatching("fragile, seed \\d+: broken at step \\d+\n"
                        + "smaller: \"\\d+; put 0 [5-7] lost; put 0 0\": broken at step 2");
    }

    @Test
    void aMutantThatNobodyNoticesIsNamed() {
        Simulations<Kind, Fate, Mutant> simulations = new Simulations<>(
                "mutants",
                vocabulary,
                Mutant.NONE,
                (schedule, mutant) -> mutant == Mutant.FRAGILE ? broken(schedule) : Optional.empty());

        simulations.requireThatOneFinds(Mutant.FRAGILE);

        assertThat(simulations.summary()).contains("mutants found after so many schedules: {fragile=");
        assertThatThrownBy(() -> simulations.requireThatOneFinds(Mutant.NEVER_SEEN))
                .isInstanceOf(AssertionError.class)
                .hasMessageMatching("mutants, from seed \\d+: nobody notices NEVER_SEEN");
    }

    @Test
    void aScheduleReadsBackAsItIsWritten() {
        for (long seed = 0; seed < 100; seed++) {
            Schedule<Kind, Fate> schedule = vocabulary.schedule(seed);
            assertThat(vocabulary.parse(schedule.toString())).isEqualTo(schedule);
            assertThat(schedule.steps()).hasSizeBetween(20, 60);
        }
    }

    private static Optional<String> broken(Schedule<Kind, Fate> schedule) {
        boolean armed = false;
        int number = 0;
        for (Step<Kind, Fate> step : schedule.steps()) {
            number++;
            if (step.kind() == Kind.PUT && armed) {
                return Optional.of("broken at step " + number);
            }
            armed |= step.kind() == Kind.PUT && step.amount() >= 5 && step.fate() == Fate.LOST;
        }
        return Optional.empty();
    }
}

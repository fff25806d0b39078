package io.tributary.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Few rounds by default; {@code -Dchaos.rounds=200 -Dchaos.seed=7} for a proof. */
class ChaosIT {
    @Test
    void whateverIsKilledEachRecordArrivesOnce() throws Exception {
        Tally tally = ChaosMain.run(Integer.getInteger("chaos.rounds", 4), Long.getLong("chaos.seed", 1));

        assertThat(tally.problems()).isEmpty();
        // What is staged in one round looks old after the next, and is cleaned up in the third.
        assertThat(tally.cleaned()).as("links cleaned up").isPositive();
    }
}

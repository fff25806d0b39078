package io.tributary.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Few rounds by default; {@code -Dchaos.rounds=200 -Dchaos.seed=7} for a proof. */
class ChaosIT {
    /** That of a build, chosen because its few rounds do something of everything to most kinds of processes. */
    private static final long SEED = 205;

    private static final int FEW = 4;

    @Test
    void whateverIsKilledEachRecordArrivesOnce() throws Exception {
        int rounds = Integer.getInteger("chaos.rounds", FEW);
        long seed = Long.getLong("chaos.seed", SEED);

        Tally tally = ChaosMain.run(rounds, seed);

        assertThat(tally.problems()).isEmpty();
        // What is staged in one round looks old after the next, and is cleaned up in the third.
        assertThat(tally.cleaned()).as("links cleaned up").isPositive();
        if (seed == SEED && rounds >= FEW) {
            assertThat(tally.actions())
                    .contains(
                            "kill -9, catalog",
                            "kill -9, consumer",
                            "kill -9, merge",
                            "kill -9, producer",
                            "kill -9, s3",
                            "kill -9 of all at once",
                            "freeze and go on, consumer",
                            "rolling restart, broker",
                            "SIGTERM, consumer");
        }
    }
}

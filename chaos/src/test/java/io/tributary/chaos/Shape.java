package io.tributary.chaos;

import java.util.List;

/**
 * What a stack is made of.
 *
 * @param brokers   1, or 3 with replication
 * @param consumers 1 to 3, all in one group
 * @param faults    whether the daemons and the merge reach S3 through a proxy that injects faults
 */
record Shape(int brokers, int consumers, boolean faults) {
    /** The cheap ones in between, so that neighbours differ in both numbers. */
    private static final List<Shape> TURNS = List.of(
            new Shape(3, 2, true),
            new Shape(1, 2, true),
            new Shape(3, 1, true),
            new Shape(1, 3, true),
            new Shape(3, 3, true),
            new Shape(1, 1, true));

    /** They take turns, the seed chooses the first: a run of as many epochs has seen all. In one of four S3 has no faults. */
    static Shape ofEpoch(long seed, int epoch) {
        Shape turn = TURNS.get((int) Math.floorMod(seed + epoch, (long) TURNS.size()));
        return new Shape(turn.brokers, turn.consumers, epoch % 4 != 1);
    }

    @Override
    public String toString() {
        return brokers
                + (brokers == 1 ? " broker, " : " brokers, ")
                + consumers
                + (consumers == 1 ? " consumer" : " consumers")
                + (faults ? ", S3 with faults" : "");
    }
}

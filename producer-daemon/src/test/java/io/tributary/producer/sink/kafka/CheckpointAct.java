package io.tributary.producer.sink.kafka;

import io.tributary.testing.simulation.Weighted;

/** What may happen. */
enum CheckpointAct implements Weighted {
    /** Another process of the same source begins, while the others think that they go on. */
    START(3),
    /** A process dies. */
    CRASH(2),
    /** A process takes one step towards a session: it shuts others out, or reads the checkpoint. */
    OPEN(20),
    /** A process sends records. */
    APPEND(24),
    /** A process commits what it sent, with its position. */
    COMMIT(24),
    /** A request that was on its way arrives. */
    ARRIVE(3),
    /** Transactions that are open for too long are aborted. */
    EXPIRE(2),
    /** The log of checkpoints is compacted. */
    COMPACT(3),
    /** Another source begins or ends a transaction on the log of checkpoints. */
    OTHER(3);

    private final int weight;

    CheckpointAct(int weight) {
        this.weight = weight;
    }

    @Override
    public int weight() {
        return weight;
    }
}

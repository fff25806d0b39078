package io.tributary.consumer.simulation;

import io.tributary.testing.simulation.Weighted;

/** What may happen. */
enum Kind implements Weighted {
    /** Records are produced. */
    PRODUCE(10),
    /** A rebalance: the partition has a new owner; the old one may go on, unaware. */
    ASSIGN(4),
    /** A writer dies with all that it holds. */
    CRASH(3),
    /** A writer reads on, or goes on with finding out where to read on. */
    POLL(34),
    /** A writer closes its open link. */
    CUT(22),
    /** A writer tries to write its oldest closed link. */
    PUT(36),
    /** A request that was on its way arrives. */
    ARRIVE(3),
    /** The group's committed offset is lost, or someone moves it. */
    MEDDLE(1),
    /** Someone moves the chain on past offsets that are to be left out. */
    SKIP(1),
    /** The chain is written anew into a generation, which is not always whole. */
    REPLAY(3),
    /** Someone switches the chain to the newest generation; perhaps he is killed over it. */
    SWITCH(4),
    /** Retention takes records from the log, staged or not. */
    EXPIRE(2),
    /** Compaction takes records out of the middle of the log. */
    COMPACT(1),
    /** So long a time that who was there is gone, and the clean-up has deleted all links but the last. */
    CLEAN(1),
    /** The topic is deleted and created again. */
    RECREATE(1),
    /** Time passes. */
    WAIT(3);

    private final int weight;

    Kind(int weight) {
        this.weight = weight;
    }

    @Override
    public int weight() {
        return weight;
    }
}

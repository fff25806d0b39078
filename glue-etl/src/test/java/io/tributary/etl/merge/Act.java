package io.tributary.etl.merge;

import io.tributary.testing.simulation.Weighted;

/** What may happen to staging and the lake. */
enum Act implements Weighted {
    /** A link is staged. */
    STAGE(24),
    /** A run of the merge takes its next step. */
    STEP(150),
    /** Another run begins, while others go on. */
    BEGIN(14),
    /** A run ends where it is. */
    CRASH(8),
    /** The user's rules change; what runs is stopped before. */
    RULES(2),
    /** Someone rewrites a table's files. */
    COMPACT(6),
    /** Someone commits a snapshot that changes no row. */
    TOUCH(3),
    /** Someone deletes a row. */
    DELETE(3),
    /** All snapshots are forgotten that nothing points to. */
    FORGET(3),
    /** The maintenance tells the watermark again after a compaction. */
    TELL(3),
    /** Time passes. */
    AGE(14),
    /** Someone stops what runs and restores links that were cleaned up. */
    RESTORE(2);

    private final int weight;

    Act(int weight) {
        this.weight = weight;
    }

    @Override
    public int weight() {
        return weight;
    }
}

package io.tributary.etl.merge;

/** What becomes of a step. */
enum Fate {
    /** It is done. */
    ANSWERED,
    /** It is done, and its run does not learn that: it ends. */
    LOST
}

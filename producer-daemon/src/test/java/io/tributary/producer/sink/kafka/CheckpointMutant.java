package io.tributary.producer.sink.kafka;

/** Ways to get the checkpoint protocol wrong. The simulation must notice each. */
enum CheckpointMutant {
    /** The protocol as it is. */
    NONE,
    /** The checkpoint takes effect whatever becomes of the transaction. */
    CHECKPOINT_OUTSIDE_TRANSACTION,
    /** A new process does not shut earlier ones out: each has a transactional id of its own. */
    NO_FENCE,
    /** The checkpoint is read with records that are not committed. */
    READ_UNCOMMITTED,
    /** The checkpoint is read before earlier processes are shut out. */
    READ_BEFORE_FENCE,
    /** The checkpoint is read up to the first open transaction instead of to the end. */
    READ_STOPS_AT_OPEN_TRANSACTION,
    /** After a commit without an answer, publishing goes on from the last position known instead of the one read. */
    NO_ANSWER_IS_ABORT,
    /** After a commit without an answer, the batch is taken for committed. */
    NO_ANSWER_IS_COMMIT
}

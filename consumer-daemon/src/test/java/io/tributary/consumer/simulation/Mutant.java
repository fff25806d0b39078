package io.tributary.consumer.simulation;

/** Ways to get the protocol wrong. The simulation must notice each: that is what it is for. */
enum Mutant {
    /** The protocol as it is. */
    NONE,
    /** Links are put without the condition that their name be free. */
    UNCONDITIONAL_PUT,
    /** A taken name is treated as a success: no HEAD after 412. */
    TAKEN_IS_CREATED,
    /** {@code next} is the last record's offset instead of the position. */
    NEXT_IS_LAST_OFFSET,
    /** {@code next} is the offset after the last record instead of the position. */
    NEXT_IS_AFTER_LAST_RECORD,
    /** On assignment the chain's end is not looked for. */
    END_NOT_LISTED,
    /** On assignment the group's committed offset is taken for the chain's end. */
    END_IS_COMMITTED_OFFSET,
    /** The first link is named by the log's start. */
    FIRST_NAMED_BY_LOG_START,
    /** The first link is named by the committed offset. */
    FIRST_NAMED_BY_COMMIT,
    /** A link may be written before its predecessor is known to exist. */
    PUTS_OUT_OF_ORDER,
    /** After an adoption the reader is not moved to the adopted link's end. */
    ADOPTION_KEEPS_READING,
    /** The topic id is not read again before a link is put. */
    TOPIC_ID_NOT_READ_AGAIN,
    /** Offsets are committed when their link is closed, not when it exists. */
    COMMIT_BEFORE_WRITTEN,
    /** A writer that was moved by an adoption while its log's start was looked up takes its log for truncated. */
    ADOPTION_TAKEN_FOR_TRUNCATION,
    /** Offsets that expired unread are not named. */
    LOSS_NOT_NAMED,
    /** Offsets without records never get a link of their own. */
    TRAILING_OFFSETS_NOT_LINKED,
    /** A link that ends a chain is taken for one like any other. */
    END_NOT_FOLLOWED,
    /** A mark is taken for the end of a chain, whatever is at its name. */
    MARK_TAKEN_FOR_THE_END,
    /** A chain is switched to whatever generation there is. */
    SWITCHED_WITHOUT_DIFF,
    /** A switch that was beaten tries again behind the other's link without copying it. */
    SWITCHED_WITHOUT_COPY,
    /** A chain is ended whoever was first. */
    SWITCHED_UNCONDITIONALLY
}

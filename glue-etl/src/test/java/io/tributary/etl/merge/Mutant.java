package io.tributary.etl.merge;

/** One rule of the protocol left out: the simulation must find each. */
enum Mutant {
    NONE,
    /** Main moves to what a run wrote, whoever moved it meanwhile: what an append of Iceberg's own would do. */
    APPEND_WITHOUT_COMPARE_AND_SWAP,
    /** Rows are published first, the watermark after them. */
    WATERMARK_NOT_IN_THE_SAME_COMMIT,
    /** Main's own snapshot is believed to tell all: after one of someone else nothing seems to be merged. */
    NO_LOOK_BACK,
    /** The last merged link, which is read again to be checked, is merged again too. */
    NO_DROP_BELOW_THE_WATERMARK,
    /** Of the two snapshots of an upsert, main moves over one at a time. */
    UPSERT_NOT_PUBLISHED_AT_ONCE,
    /** What a killed run has rejected is judged anew. */
    REJECTS_NOT_TAKEN_AS_DECIDED,
    /** A smaller batch takes the watermark of the rejects back. */
    WATERMARK_OF_REJECTS_GOES_BACK,
    /** Rejects that forgot their watermark begin a new one with what is added, instead of finding it in their rows. */
    WATERMARK_OF_REJECTS_BEGINS_ANEW,
    /** A rebuilt count takes in rejects that are going to be counted again. */
    REJECTS_COUNTED_BEYOND_THE_WATERMARK,
    /** The last merged link is cleaned up like those before it. */
    LAST_MERGED_LINK_CLEANED,
    /** Links are cleaned up by their age alone, merged or not. */
    UNMERGED_LINKS_CLEANED,
    /** Links are deleted first, and then declared to be. */
    DELETED_BEFORE_DECLARED,
    /** A run adds its declaration to what it knew when it began, whatever others declared since. */
    DECLARATION_GOES_BACK,
    /** The newest link is deleted first. */
    NEWEST_DELETED_FIRST,
    /** A watermark is rebuilt from the rows and the links that are there, whatever was declared. */
    DECLARATION_NOT_REBUILT_FROM
}

package io.tributary.consumer.config;

/** What to do when records expired before they were read. */
public enum ExpiredPolicy {
    /** Stop, so that someone looks. */
    FAIL,
    /** Go on at the log's start and name the lost range in the next link's metadata. */
    RECORD_GAP
}

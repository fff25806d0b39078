package io.tributary.testing;

/** The signals that tests send to processes. */
public enum Signal {
    TERM,
    INT,
    KILL,
    STOP,
    CONT
}

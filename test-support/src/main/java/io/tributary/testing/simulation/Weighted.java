package io.tributary.testing.simulation;

/** Something that may happen in a schedule. */
public interface Weighted {
    /** How often it does, compared with everything else; at least 1. */
    int weight();
}

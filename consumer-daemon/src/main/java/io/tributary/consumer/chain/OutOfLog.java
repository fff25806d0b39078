package io.tributary.consumer.chain;

/** Why the log does not have the position of a writer whose topic is still the same. */
public enum OutOfLog {
    /** Another writer's link was adopted meanwhile, and the position is another by now: it may well be in the log. */
    MOVED,
    /** What is read next has expired. */
    EXPIRED,
    /** The log ends before the position: it lost what was read from it. */
    TRUNCATED;

    /**
     * The reason.
     *
     * @param position       the writer's position now
     * @param logStart       the first offset that can be read, found out after the position was refused
     * @param movedMeanwhile whether the position is another than the one that was refused
     */
    public static OutOfLog of(long position, long logStart, boolean movedMeanwhile) {
        if (position < logStart) {
            return EXPIRED;
        }
        return movedMeanwhile ? MOVED : TRUNCATED;
    }
}

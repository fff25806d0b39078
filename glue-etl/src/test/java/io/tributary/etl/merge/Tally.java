package io.tributary.etl.merge;

/** What happened in one schedule, or in many. Only {@link #add} is safe for many threads. */
final class Tally {
    long steps;
    long publishes;
    long lost;
    long overtaken;
    long crashes;
    long rebuilds;
    long deleted;
    long restored;

    synchronized void add(Tally other) {
        steps += other.steps;
        publishes += other.publishes;
        lost += other.lost;
        overtaken += other.overtaken;
        crashes += other.crashes;
        rebuilds += other.rebuilds;
        deleted += other.deleted;
        restored += other.restored;
    }

    @Override
    public String toString() {
        return steps + " steps, " + publishes + " publications, " + lost + " lost races, " + overtaken
                + " runs that others overtook, " + crashes + " crashes, " + rebuilds + " rebuilds, " + deleted
                + " links cleaned up, " + restored + " restored";
    }
}

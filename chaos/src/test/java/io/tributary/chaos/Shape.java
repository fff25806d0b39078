package io.tributary.chaos;

/**
 * What a stack is made of.
 *
 * @param brokers   1, or 3 with replication
 * @param consumers 1 to 3, all in one group
 * @param faults    whether the daemons and the merge reach S3 through a proxy that injects faults
 */
record Shape(int brokers, int consumers, boolean faults) {
    /** Takes turns, so that a long run has seen every kind. */
    static Shape ofEpoch(int epoch) {
        return new Shape(epoch % 2 == 0 ? 3 : 1, 1 + (epoch + 1) % 3, epoch % 2 == 0 || epoch % 4 == 3);
    }

    @Override
    public String toString() {
        return brokers
                + (brokers == 1 ? " broker, " : " brokers, ")
                + consumers
                + (consumers == 1 ? " consumer" : " consumers")
                + (faults ? ", S3 with faults" : "");
    }
}

package io.tributary.sandbox.cli.audit;

import io.tributary.staging.OffsetRange;
import java.util.Optional;

/**
 * One thing that is not equal.
 *
 * @param hop     between which two stages
 * @param where   the topic partition or the table
 * @param offsets the offsets concerned, where they are known
 * @param problem what is wrong, for people
 */
public record Difference(Hop hop, String where, Optional<OffsetRange> offsets, String problem) {

    /** Between which two stages of the pipeline something differs. */
    public enum Hop {
        PUBLISH("source to Kafka"),
        STAGE("Kafka to staging"),
        MERGE("staging to lake"),
        TABLE("inside the lake");

        private final String label;

        Hop(String label) {
            this.label = label;
        }

        /** The hop as text for people. */
        public String label() {
            return label;
        }
    }

    /** All of it on one line. */
    @Override
    public String toString() {
        return where + offsets.map(range -> ", offsets " + range).orElse("") + ", " + hop.label() + ": " + problem;
    }
}

package io.tributary.producer.source.dataset;

import java.util.Optional;

/**
 * What looking at a file gave: a task, or the reason why there is none.
 *
 * @param task   present if the file can be read
 * @param reason why it cannot, for people; empty if it can
 * @param early  whether it is empty or has no complete header, which more bytes may mend
 */
record Inspection(Optional<FileTask> task, String reason, boolean early) {

    static Inspection readable(FileTask task) {
        return new Inspection(Optional.of(task), "", false);
    }

    static Inspection unusable(String reason) {
        return new Inspection(Optional.empty(), reason, false);
    }

    static Inspection tooEarly(String reason) {
        return new Inspection(Optional.empty(), reason, true);
    }
}

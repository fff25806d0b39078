package io.tributary.consumer.upload;

import io.tributary.staging.Link;

/** What became of a link, at last. */
public sealed interface UploadOutcome {
    /** It exists, and we made it. */
    record Created() implements UploadOutcome {}

    /**
     * Its name is taken.
     *
     * @param existing what is there
     */
    record Taken(Link existing) implements UploadOutcome {}

    /**
     * The topic was deleted and created again after the records were read, or while they were: they may belong to
     * either, and the link was not written.
     *
     * @param incarnation the topic's id now
     */
    record TopicRecreated(String incarnation) implements UploadOutcome {}
}

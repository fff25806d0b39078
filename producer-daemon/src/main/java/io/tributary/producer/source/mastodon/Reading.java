package io.tributary.producer.source.mastodon;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Optional;

/** What a status turned out to be. */
sealed interface Reading {
    /** What this instance calls it, or empty. */
    String id();

    /**
     * A status that can be published, as far as its shape goes.
     *
     * @param uri      the one name that stays, whatever instance and edit
     * @param id       what this instance calls it
     * @param created  when its author wrote it
     * @param edited   when it was last edited
     * @param digest   of what its author wrote: tells edits where no time does
     * @param withheld why it must not be published, if so
     * @param value    as the instance sent it
     */
    record Status(
            String uri,
            String id,
            Instant created,
            Optional<Instant> edited,
            String digest,
            Optional<String> withheld,
            ObjectNode value)
            implements Reading {}

    /** Somebody passes on another's post: that post speaks for itself. */
    record Boost(String id) implements Reading {}

    /**
     * No status of any known shape.
     *
     * @param id     what the instance calls it, or empty
     * @param reason what is wrong with it
     */
    record Unknown(String id, String reason) implements Reading {}
}

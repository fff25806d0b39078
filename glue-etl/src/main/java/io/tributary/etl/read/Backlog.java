package io.tributary.etl.read;

import io.tributary.staging.ChainId;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What one commit merges of a topic.
 *
 * @param links links in order, whole and without a hole behind what is merged already
 * @param after for each chain of the topic, how far it is merged afterwards
 * @param more  whether links remain for another commit
 */
public record Backlog(List<PendingLink> links, Map<ChainId, ChainPosition> after, boolean more) {
    /** Whether there is nothing to merge. */
    public boolean isEmpty() {
        return links.isEmpty();
    }

    /** How many lines the links have, those below the watermark included. */
    public long records() {
        return links.stream().mapToLong(PendingLink::records).sum();
    }

    /** The timestamp of the first record of the link whose is the oldest; empty without records. */
    public OptionalLong oldest() {
        return links.stream()
                .mapToLong(PendingLink::since)
                .filter(since -> since > Long.MIN_VALUE)
                .min();
    }
}

package io.tributary.etl.cleanup;

import io.tributary.etl.read.ChainPosition;
import io.tributary.etl.read.ChainStore.StoredLink;
import io.tributary.staging.LinkMetadata;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Which links of one chain may go, oldest first. Immutable; made by a pure function.
 *
 * @param cleaned up to where the chain is cleaned when they are gone, and how many records that were in all
 * @param delete  the links, ascending; those below what was declared before are left-overs of a clean-up that was
 *                killed, or of a writer that came far too late, or were restored by an operator
 */
record CleanPlan(ChainPosition cleaned, List<StoredLink> delete) {
    /**
     * Plans.
     *
     * @param before   up to where the chain was declared to be cleaned
     * @param merged   how far the table has merged the chain; its last merged link stays, so the chain's last does too
     * @param links    the chain's first links, ascending
     * @param staged   links that were staged at this time or later stay, and so do all behind them: what remains is whole
     *                 from its first link on
     * @param metadata what a link says of itself; asked only of links that go
     */
    static CleanPlan of(
            ChainPosition before,
            ChainPosition merged,
            List<StoredLink> links,
            Instant staged,
            Function<StoredLink, LinkMetadata> metadata) {
        List<StoredLink> delete = new ArrayList<>();
        ChainPosition cleaned = before;
        for (StoredLink link : links) {
            long from = link.name().from();
            if (!link.staged().isBefore(staged)) {
                break;
            }
            if (from < before.next()) {
                delete.add(link);
                continue;
            }
            // A chain that goes on elsewhere than where it should is left for people to look at.
            if (!merged.knowsLink() || from != cleaned.next() || from >= merged.link()) {
                break;
            }
            LinkMetadata found = metadata.apply(link);
            // In another generation than it was merged from, one link may cover what two did.
            if (found.next() > merged.link()) {
                break;
            }
            delete.add(link);
            cleaned = new ChainPosition(found.next(), cleaned.records() + found.records(), -1);
        }
        return new CleanPlan(cleaned, List.copyOf(delete));
    }
}

package io.tributary.etl.cleanup;

import io.tributary.etl.read.ChainPosition;
import io.tributary.etl.read.ChainStore.StoredLink;
import io.tributary.staging.LinkMetadata;
import io.tributary.staging.LinkName;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/**
 * What the clean-up decides for a chain, for the simulation of another package.
 *
 * @param cleaned up to where the chain is cleaned then, and how many records that were in all
 * @param delete  the links that go, ascending
 */
public record PlannedCleanup(ChainPosition cleaned, List<LinkName> delete) {
    /** The job's own decision. */
    public static PlannedCleanup of(
            ChainPosition before,
            ChainPosition merged,
            List<StoredLink> links,
            Instant staged,
            Function<LinkName, LinkMetadata> metadata) {
        CleanPlan plan = CleanPlan.of(before, merged, links, staged, link -> metadata.apply(link.name()));
        return new PlannedCleanup(
                plan.cleaned(), plan.delete().stream().map(StoredLink::name).toList());
    }
}

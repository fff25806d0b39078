package io.tributary.etl.config;

import io.tributary.daemon.config.ConfigSection;
import java.time.Duration;

/**
 * When tables are tidied after a merge.
 *
 * @param enabled          whether at all
 * @param compactEvery     data files are rewritten after so many snapshots of a table
 * @param retainSnapshots  snapshots younger than this are kept
 * @param retainLast       at least so many snapshots are kept
 * @param rewriteDeletedAfter files that hold deleted rows are rewritten without them when this has passed
 * @param orphansOlderThan files that no snapshot knows are removed when older than this
 * @param branchesOlderThan branches that a merge left behind when it was killed are dropped when older than this
 */
public record MaintenanceConfig(
        boolean enabled,
        int compactEvery,
        Duration retainSnapshots,
        int retainLast,
        Duration rewriteDeletedAfter,
        Duration orphansOlderThan,
        Duration branchesOlderThan) {

    static MaintenanceConfig read(ConfigSection section) {
        return new MaintenanceConfig(
                section.flag("enabled")
                        .doc("Whether tables are compacted, snapshots expired and orphans removed after a merge.")
                        .orDefault("true"),
                section.number("compact-every")
                        .doc("Snapshots of a table between two compactions; a merge makes one or two.")
                        .between(1L, 1_000_000L)
                        .orDefault("50")
                        .intValue(),
                section.duration("retain-snapshots")
                        .doc("Snapshots younger than this are kept for time travel.")
                        .orDefault("7d"),
                section.number("retain-last")
                        .doc("At least so many snapshots are kept.")
                        .between(1L, 1_000_000L)
                        .orDefault("100")
                        .intValue(),
                section.duration("rewrite-deleted-after")
                        .doc(
                                "Deleted and replaced rows stand in their files, unseen, until these are rewritten: at the latest "
                                        + "when this has passed since they last were. What is deleted is gone from the lake after "
                                        + "this and retain-snapshots.")
                        .between(Duration.ZERO, Duration.ofDays(3650))
                        .orDefault("7d"),
                section.duration("orphans-older-than")
                        .doc("Files that belong to no snapshot are removed when older than this.")
                        .between(Duration.ofDays(1), Duration.ofDays(3650))
                        .orDefault("3d"),
                section.duration("branches-older-than")
                        .doc(
                                "Branches that a killed merge left behind are dropped when older than this; longer than any"
                                        + " merge takes.")
                        .between(Duration.ofMinutes(10), Duration.ofDays(365))
                        .orDefault("6h"));
    }
}

package io.tributary.etl.maintenance;

import io.tributary.etl.Reasons;
import io.tributary.etl.config.MaintenanceConfig;
import io.tributary.etl.table.Branch;
import io.tributary.etl.table.Counts;
import io.tributary.etl.table.LakeCatalog;
import io.tributary.etl.table.TableState;
import io.tributary.etl.table.Watermark;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.ManageSnapshots;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.Table;
import org.apache.iceberg.spark.actions.SparkActions;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps tables small and quick. A table that cannot be tidied is left as it is: readers and merges never depend on it.
 *
 * <p>A compaction does not carry the watermark in its own snapshot: it may land on top of a merge that it knows nothing of,
 * and would take the watermark back. The watermark is found behind it, and is then set again on top of it, if main has
 * not moved.
 */
public final class Maintenance {
    private static final Logger LOG = LoggerFactory.getLogger(Maintenance.class);
    /** The table property that says when files were last rewritten without the rows that were deleted from them. */
    private static final String PURGED_PROPERTY = "tributary.purged-at";

    private final SparkSession spark;
    private final LakeCatalog catalog;
    private final MaintenanceConfig config;
    private final InstantSource clock;

    public Maintenance(SparkSession spark, LakeCatalog catalog, MaintenanceConfig config, InstantSource clock) {
        this.spark = spark;
        this.catalog = catalog;
        this.config = config;
        this.clock = clock;
    }

    /** Tidies a table as far as it is due. Never fails. */
    public void tidy(String name) {
        if (!config.enabled()) {
            return;
        }
        try {
            Optional<Table> table = catalog.find(name);
            if (table.isPresent() && table.get().currentSnapshot() != null) {
                tidy(name, table.get());
            }
        } catch (RuntimeException failure) {
            LOG.atWarn()
                    .addKeyValue("table", name)
                    .addKeyValue("reason", Reasons.of(failure))
                    .log("the table could not be tidied; the next merge tries again");
        }
    }

    private void tidy(String name, Table table) {
        dropBranches(table);
        boolean purge = holdsRowsDeletedLongAgo(table);
        if (purge || mergesSinceCompaction(table) >= config.compactEvery()) {
            compact(name, table, purge);
            SparkActions.get(spark)
                    .deleteOrphanFiles(table)
                    .usePrefixListing(true)
                    .olderThan(clock.instant().minus(config.orphansOlderThan()).toEpochMilli())
                    .execute();
        }
        long oldest = clock.instant().minus(config.retainSnapshots()).toEpochMilli();
        List<Snapshot> snapshots = new java.util.ArrayList<>();
        table.snapshots().forEach(snapshots::add);
        boolean due = snapshots.size() > config.retainLast()
                && snapshots.stream().anyMatch(snapshot -> snapshot.timestampMillis() < oldest);
        if (due) {
            table.expireSnapshots()
                    .expireOlderThan(oldest)
                    .retainLast(config.retainLast())
                    .commit();
        }
    }

    private void dropBranches(Table table) {
        long oldest = clock.instant().minus(config.branchesOlderThan()).toEpochMilli();
        for (Map.Entry<String, SnapshotRef> ref : Map.copyOf(table.refs()).entrySet()) {
            Snapshot head = table.snapshot(ref.getValue().snapshotId());
            if (ref.getKey().startsWith(Branch.PREFIX) && head != null && head.timestampMillis() < oldest) {
                ManageSnapshots change = table.manageSnapshots().removeBranch(ref.getKey());
                change.commit();
                LOG.atInfo()
                        .addKeyValue("table", table.name())
                        .addKeyValue("branch", ref.getKey())
                        .log("dropped what a killed merge left behind");
            }
        }
    }

    /** Deletes stand beside the data, which still holds the rows: perhaps for ever, where too few come together. */
    private boolean holdsRowsDeletedLongAgo(Table table) {
        String deletes = table.currentSnapshot().summary().getOrDefault(SnapshotSummary.TOTAL_POS_DELETES_PROP, "0");
        if (deletes.equals("0")) {
            return false;
        }
        String purged = table.properties().get(PURGED_PROPERTY);
        long since = purged != null ? Long.parseLong(purged) : firstSnapshot(table);
        return since <= clock.instant().minus(config.rewriteDeletedAfter()).toEpochMilli();
    }

    private static long firstSnapshot(Table table) {
        long first = table.currentSnapshot().timestampMillis();
        for (Snapshot snapshot : table.snapshots()) {
            first = Math.min(first, snapshot.timestampMillis());
        }
        return first;
    }

    private int mergesSinceCompaction(Table table) {
        int merges = 0;
        Snapshot at = table.currentSnapshot();
        while (at != null && !"replace".equals(at.operation()) && merges < config.compactEvery()) {
            merges++;
            at = at.parentId() == null ? null : table.snapshot(at.parentId());
        }
        return merges;
    }

    private void compact(String name, Table table, boolean purge) {
        SparkActions.get(spark)
                .rewriteDataFiles(table)
                .option("min-input-files", "5")
                .option("delete-file-threshold", purge ? "1" : "5")
                .option("remove-dangling-deletes", "true")
                .execute();
        table.refresh();
        TableState state = TableState.of(table);
        Map<String, String> summary = new HashMap<>();
        state.watermark().ifPresent(watermark -> summary.put(Watermark.PROPERTY, watermark.toJson()));
        state.counts().ifPresent(counts -> summary.put(Counts.PROPERTY, counts.toJson()));
        if (!state.told() && summary.size() == 2 && !state.foreign()) {
            Branch branch = Branch.create(table, state);
            branch.seal(summary);
            if (!branch.publish()) {
                branch.drop();
            }
        }
        if (purge) {
            table.updateProperties()
                    .set(PURGED_PROPERTY, Long.toString(clock.instant().toEpochMilli()))
                    .commit();
        }
        LOG.atInfo().addKeyValue("table", name).addKeyValue("purged", purge).log("compacted");
    }
}

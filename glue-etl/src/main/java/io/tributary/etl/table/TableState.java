package io.tributary.etl.table;

import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.Table;

/**
 * What a table's main branch holds, by its snapshots' summaries.
 *
 * @param snapshot  the snapshot that main points to, if there is one
 * @param watermark how far the chains are merged; empty if no snapshot tells, although there is one
 * @param counts    what became of the records, where a snapshot tells
 * @param foreign   whether snapshots of others, which may have changed rows, follow the one that tells
 */
public record TableState(
        Optional<Snapshot> snapshot, Optional<Watermark> watermark, Optional<Counts> counts, boolean foreign) {

    /** Of a table without snapshots. */
    public static final TableState EMPTY =
            new TableState(Optional.empty(), Optional.of(Watermark.NONE), Optional.of(Counts.NONE), false);

    /** Reads the state; the table must have been refreshed. */
    public static TableState of(Table table) {
        Snapshot head = table.snapshot(SnapshotRef.MAIN_BRANCH);
        if (head == null) {
            return EMPTY;
        }
        boolean foreign = false;
        Snapshot at = head;
        Optional<Counts> counts = Optional.empty();
        while (at != null) {
            Map<String, String> summary = at.summary();
            if (counts.isEmpty() && summary.containsKey(Counts.PROPERTY)) {
                counts = Optional.of(Counts.parse(summary.get(Counts.PROPERTY)));
            }
            if (summary.containsKey(Watermark.PROPERTY)) {
                return new TableState(
                        Optional.of(head),
                        Optional.of(Watermark.parse(summary.get(Watermark.PROPERTY))),
                        counts,
                        foreign);
            }
            foreign |= !"replace".equals(at.operation());
            at = at.parentId() == null ? null : table.snapshot(at.parentId());
        }
        return new TableState(Optional.of(head), Optional.empty(), counts, true);
    }

    /** The id of main's snapshot, or a negative number. */
    public long snapshotId() {
        return snapshot.map(Snapshot::snapshotId).orElse(-1L);
    }
}

package io.tributary.etl.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.Table;

/**
 * What a table's main branch holds, by its snapshots' summaries. Others' snapshots carry none: they are looked behind.
 *
 * @param head      the id of the snapshot that main points to, if there is one
 * @param watermark how far the chains are merged; empty if no snapshot tells, although there is one
 * @param counts    what became of the records, where a snapshot tells
 * @param foreign   whether snapshots of others, which may have changed rows, follow the one that tells
 * @param told      whether main's own snapshot tells
 */
public record TableState(
        OptionalLong head, Optional<Watermark> watermark, Optional<Counts> counts, boolean foreign, boolean told) {
    private static final String REWRITE = "replace";

    /** Of a table without snapshots. */
    public static final TableState EMPTY =
            new TableState(OptionalLong.empty(), Optional.of(Watermark.NONE), Optional.of(Counts.NONE), false, true);

    /**
     * A snapshot, as far as the state follows from it.
     *
     * @param id        its id
     * @param operation what it did, in Iceberg's words
     * @param summary   what it says of itself
     */
    public record Entry(long id, String operation, Map<String, String> summary) {}

    /** Reads the state; the table must have been refreshed. */
    public static TableState of(Table table) {
        List<Entry> history = new ArrayList<>();
        Snapshot at = table.snapshot(SnapshotRef.MAIN_BRANCH);
        while (at != null) {
            history.add(new Entry(at.snapshotId(), String.valueOf(at.operation()), at.summary()));
            if (at.summary().containsKey(Watermark.PROPERTY)) {
                break;
            }
            at = at.parentId() == null ? null : table.snapshot(at.parentId());
        }
        return of(history);
    }

    /**
     * The state that a history tells.
     *
     * @param newestFirst the snapshots from main's head backwards, as far as they have not expired
     */
    public static TableState of(Iterable<Entry> newestFirst) {
        OptionalLong head = OptionalLong.empty();
        boolean foreign = false;
        boolean told = true;
        Optional<Counts> counts = Optional.empty();
        for (Entry at : newestFirst) {
            if (head.isEmpty()) {
                head = OptionalLong.of(at.id());
            }
            if (counts.isEmpty()) {
                counts = Optional.ofNullable(at.summary().get(Counts.PROPERTY)).map(Counts::parse);
            }
            String watermark = at.summary().get(Watermark.PROPERTY);
            if (watermark != null) {
                return new TableState(head, Optional.of(Watermark.parse(watermark)), counts, foreign, told);
            }
            told = false;
            foreign |= !REWRITE.equals(at.operation());
        }
        return head.isEmpty() ? EMPTY : new TableState(head, Optional.empty(), counts, true, false);
    }

    /** Whether the table has no snapshot. */
    public boolean isEmpty() {
        return head.isEmpty();
    }

    /** The id of main's snapshot, or a negative number. */
    public long snapshotId() {
        return head.orElse(-1L);
    }
}

package io.tributary.etl.merge;

import io.tributary.etl.table.TableState;
import io.tributary.etl.table.Watermark;
import io.tributary.staging.ChainId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An Iceberg table as far as the protocol sees it: snapshots with summaries, main, branches. Confined to one thread. */
final class SimulatedTable {
    private final Map<Long, Commit> commits = new HashMap<>();
    private final Map<Long, Long> branches = new HashMap<>();
    private long main = -1;
    private long ids;
    private Watermark cleaned = Watermark.NONE;

    /**
     * A row of any table.
     *
     * @param key of a record; only upserts look at it
     */
    record Row(ChainId chain, long offset, int key) {}

    /** A snapshot. */
    record Commit(long id, long parent, String operation, Map<String, String> summary, List<Row> rows) {}

    /** The snapshots from main's head backwards, as far as they have not expired. */
    Iterable<TableState.Entry> history() {
        return () -> new Iterator<>() {
            private @Nullable Commit at = commits.get(main);

            @Override
            public boolean hasNext() {
                return at != null;
            }

            @Override
            public TableState.Entry next() {
                Commit commit = Objects.requireNonNull(at);
                at = commits.get(commit.parent());
                return new TableState.Entry(commit.id(), commit.operation(), commit.summary());
            }
        };
    }

    List<Row> rows() {
        return rows(main);
    }

    List<Row> rows(long snapshot) {
        Commit commit = commits.get(snapshot);
        return commit == null ? List.of() : commit.rows();
    }

    /** Makes a branch from a snapshot, which may be none. */
    long branch(long base) {
        long branch = ++ids;
        branches.put(branch, base);
        return branch;
    }

    /** Adds a snapshot to a branch. */
    void commit(long branch, String operation, Map<String, String> summary, List<Row> rows) {
        long id = ++ids;
        commits.put(id, new Commit(id, head(branch), operation, summary, List.copyOf(rows)));
        branches.put(branch, id);
    }

    long head(long branch) {
        return branches.getOrDefault(branch, -1L);
    }

    /** Moves main to the branch and drops that, if main has not moved. */
    boolean fastForward(long branch, long base) {
        boolean moves = main == base;
        if (moves) {
            main = head(branch);
        }
        branches.remove(branch);
        return moves;
    }

    /** Moves main to a snapshot of a branch, which stays. */
    boolean moveTo(long snapshot, long base) {
        if (main != base) {
            return false;
        }
        main = snapshot;
        return true;
    }

    /** Puts what a branch added on top of main, wherever that is now. */
    void appendAnyway(long branch, long base) {
        Commit head = Objects.requireNonNull(commits.get(head(branch)));
        List<Row> rows = new ArrayList<>(rows());
        List<Row> added = new ArrayList<>(head.rows());
        added.removeAll(rows(base));
        rows.addAll(added);
        commitToMain("append", head.summary(), rows);
        branches.remove(branch);
    }

    /** A snapshot of someone else's, on main. */
    void commitToMain(String operation, Map<String, String> summary, List<Row> rows) {
        long id = ++ids;
        commits.put(id, new Commit(id, main, operation, summary, List.copyOf(rows)));
        main = id;
    }

    /** Up to where links are declared to be cleaned out of staging; a property, which outlives all snapshots. */
    Watermark cleaned() {
        return cleaned;
    }

    void declare(Watermark newCleaned) {
        cleaned = newCleaned;
    }

    /** Someone rewrites what there is, and changes no row. */
    void rewrite(String operation) {
        if (main >= 0) {
            commitToMain(operation, Map.of(), rows());
        }
    }

    /** Forgets all snapshots that nothing points to. */
    void expire() {
        commits.keySet().removeIf(id -> id != main && !branches.containsValue(id));
    }

    /** Whether a snapshot has not expired. */
    boolean has(long snapshot) {
        return snapshot < 0 || commits.containsKey(snapshot);
    }

    long main() {
        return main;
    }
}

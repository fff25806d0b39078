package io.tributary.etl.table;

import io.tributary.etl.EtlException;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.Table;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A branch on which one merge writes, made from the snapshot whose watermark it read. {@link #publish()} moves main to
 * it only if main has not moved: a compare-and-swap. Confined to one thread.
 */
public final class Branch {
    /** What the names of branches begin with. */
    public static final String PREFIX = "merge_";

    private static final Logger LOG = LoggerFactory.getLogger(Branch.class);
    private static final int ATTEMPTS = 20;

    private final Table table;
    private final String name;
    private final long base;

    private Branch(Table table, String name, long base) {
        this.table = table;
        this.name = name;
        this.base = base;
    }

    /**
     * Makes a branch.
     *
     * @param table the table, whose main is still at {@code state}'s snapshot, or the branch will not be published
     */
    public static Branch create(Table table, TableState state) {
        String name = PREFIX + UUID.randomUUID().toString().replace("-", "");
        retrying(
                () -> {
                    if (!state.isEmpty()) {
                        table.manageSnapshots()
                                .createBranch(name, state.snapshotId())
                                .commit();
                    } else {
                        table.newFastAppend().toBranch(name).commit();
                    }
                },
                table);
        return new Branch(table, name, state.snapshotId());
    }

    /** The branch's name. */
    public String name() {
        return name;
    }

    /** The snapshot at the branch's head. */
    public Snapshot head() {
        table.refresh();
        Snapshot head = table.snapshot(name);
        if (head == null) {
            throw new EtlException("branch " + name + " of table " + table.name() + " was dropped by someone else");
        }
        return head;
    }

    /** Adds a snapshot without rows that carries a summary. */
    public void seal(Map<String, String> summary) {
        retrying(
                () -> {
                    org.apache.iceberg.AppendFiles append =
                            table.newFastAppend().toBranch(name);
                    summary.forEach(append::set);
                    append.commit();
                },
                table);
    }

    /**
     * Moves main to the branch and drops the branch.
     *
     * @return false if main has moved: nothing is changed then
     */
    public boolean publish() {
        long head = head().snapshotId();
        for (int attempt = 1; ; attempt++) {
            table.refresh();
            if (mainIs(head)) {
                return true;
            }
            if (!mainIsAtBase()) {
                return false;
            }
            try {
                table.manageSnapshots()
                        .fastForwardBranch(SnapshotRef.MAIN_BRANCH, name)
                        .removeBranch(name)
                        .commit();
                return true;
            } catch (CommitFailedException | CommitStateUnknownException moved) {
                if (attempt == ATTEMPTS) {
                    throw moved;
                }
            }
        }
    }

    /** Drops the branch with all that was written on it. Never fails: what is left behind the maintenance drops. */
    public void drop() {
        try {
            table.refresh();
            if (table.refs().containsKey(name)) {
                retrying(() -> table.manageSnapshots().removeBranch(name).commit(), table);
            }
        } catch (RuntimeException failed) {
            LOG.atWarn()
                    .addKeyValue("table", table.name())
                    .addKeyValue("branch", name)
                    .addKeyValue("reason", failed.getMessage())
                    .log("the branch could not be dropped");
        }
    }

    private boolean mainIs(long snapshot) {
        return main().map(head -> head == snapshot).orElse(false);
    }

    private boolean mainIsAtBase() {
        return main().orElse(-1L) == base;
    }

    private Optional<Long> main() {
        return Optional.ofNullable(table.snapshot(SnapshotRef.MAIN_BRANCH)).map(Snapshot::snapshotId);
    }

    private static void retrying(Runnable commit, Table table) {
        for (int attempt = 1; ; attempt++) {
            try {
                commit.run();
                return;
            } catch (CommitFailedException other) {
                if (attempt == ATTEMPTS) {
                    throw other;
                }
                table.refresh();
            }
        }
    }
}

package io.tributary.etl.merge;

import io.tributary.etl.config.Mode;
import io.tributary.etl.merge.SimulatedStaging.BrokenException;
import io.tributary.etl.merge.SimulatedStaging.Kind;
import io.tributary.etl.merge.SimulatedStaging.StagedRecord;
import io.tributary.etl.merge.SimulatedTable.Row;
import io.tributary.etl.table.Counts;
import io.tributary.etl.table.TableState;
import io.tributary.etl.table.Watermark;
import io.tributary.staging.ChainId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * One schedule, all of it decided by a seed: links are staged, up to three runs of the merge take their steps in any
 * order or end at any of them, and others compact, delete rows and let snapshots expire. After each step what readers
 * see must add up; in the end every record must be in one place, once.
 */
final class Simulation {
    private static final int MOST_RUNS = 3;
    private static final int MOST_LINKS = 12;
    private static final int PATIENCE = 5_000;

    final SimulatedStaging staging = new SimulatedStaging();
    final SimulatedTable table = new SimulatedTable();
    final SimulatedTable rejects = new SimulatedTable();
    final Mode mode;
    final Mutant mutant;
    int publishes;
    int lost;
    int rebuilds;
    int crashes;
    int steps;

    private final long seed;
    private final SplittableRandom random;
    private final boolean othersDelete;
    private final List<SimulatedRun> runs = new ArrayList<>();
    private final Set<Row> removed = new HashSet<>();
    private final List<String> trace = new ArrayList<>();
    private long rules;
    private long seenTable = -1;
    private long seenRejects = -1;

    Simulation(long seed, Mutant mutant) {
        this.seed = seed;
        this.mutant = mutant;
        this.random = new SplittableRandom(seed);
        this.mode = random.nextBoolean() ? Mode.APPEND : Mode.UPSERT;
        // A row that others deleted comes back if the summaries are forgotten too: either, not both.
        this.othersDelete = random.nextBoolean();
    }

    /**
     * Runs the schedule.
     *
     * @throws AssertionError naming the seed and every step up to the one that broke an invariant
     */
    void run() {
        try {
            for (int count = 30 + random.nextInt(60); count > 0; count--) {
                act();
                check();
            }
            finish();
        } catch (BrokenException | io.tributary.etl.EtlException | IllegalStateException broken) {
            throw new AssertionError(
                    "seed " + seed + ", mutant " + mutant + ", mode " + mode + ": " + broken.getMessage() + "\n  "
                            + String.join("\n  ", trace),
                    broken);
        }
    }

    private void act() {
        steps++;
        int dice = random.nextInt(100);
        if (dice < 14 && staging.links() < MOST_LINKS) {
            note("stage");
            staging.stage(random, mode == Mode.UPSERT);
        } else if (dice < 76 && !runs.isEmpty()) {
            step(random.nextInt(runs.size()));
        } else if (dice < 84 && runs.size() < MOST_RUNS) {
            note("a run begins");
            runs.add(new SimulatedRun(this, 1 + random.nextInt(4)));
        } else if (dice < 90 && !runs.isEmpty()) {
            SimulatedRun dead = runs.remove(random.nextInt(runs.size()));
            crashes++;
            note("a run ends before " + dead.at());
            if (runs.isEmpty() && random.nextInt(3) == 0) {
                rules++;
            }
        } else if (dice < 100) {
            others(random.nextInt(3) == 0 ? rejects : table);
        }
    }

    private void step(int index) {
        SimulatedRun run = runs.get(index);
        note(run, "does");
        run.step();
        if (run.done()) {
            runs.remove(run);
        }
    }

    private void others(SimulatedTable at) {
        String name = at == table ? "table" : "rejects";
        if (at.main() < 0) {
            return;
        }
        switch (random.nextInt(6)) {
            case 0, 1 -> {
                note(name + " is compacted");
                at.commitToMain("replace", Map.of(), at.rows());
            }
            case 2 -> {
                note(name + " gets a snapshot without rows");
                at.commitToMain("append", Map.of(), at.rows());
            }
            case 3 -> deleteRow(at);
            case 4 -> {
                if (!othersDelete) {
                    note(name + " forgets its old snapshots");
                    at.expire();
                }
            }
            default -> carryForward(at, name);
        }
    }

    private void deleteRow(SimulatedTable at) {
        if (othersDelete && at == table && !at.rows().isEmpty()) {
            List<Row> rows = new ArrayList<>(at.rows());
            Row gone = rows.remove(random.nextInt(rows.size()));
            note("someone deletes " + gone);
            removed.add(gone);
            at.commitToMain("delete", Map.of(), rows);
        }
    }

    /** What the maintenance does after a compaction. */
    private void carryForward(SimulatedTable at, String name) {
        TableState state = TableState.of(at.history());
        if (!state.told()
                && !state.foreign()
                && state.watermark().isPresent()
                && state.counts().isPresent()) {
            note(name + " is told its watermark again");
            long branch = at.branch(state.snapshotId());
            Map<String, String> summary = Map.of(
                    Watermark.PROPERTY,
                    state.watermark().get().toJson(),
                    Counts.PROPERTY,
                    state.counts().get().toJson());
            at.commit(branch, "append", summary, at.rows());
            at.fastForward(branch, state.snapshotId());
        }
    }

    /** Whether a record is refused by the rules of the time. These change only while no run is alive. */
    boolean refuses(StagedRecord record) {
        return record.kind() == Kind.BAD || (record.kind() == Kind.DOUBTFUL && (record.offset() + rules) % 2 == 0);
    }

    /** All runs come to their end, and then one more, which finds whatever they left. */
    private void finish() {
        int left = PATIENCE;
        while (!runs.isEmpty() && left-- > 0) {
            step(random.nextInt(runs.size()));
            check();
        }
        runs.add(new SimulatedRun(this, 4));
        while (!runs.isEmpty() && left-- > 0) {
            step(0);
            check();
        }
        if (!runs.isEmpty()) {
            throw new BrokenException("a run comes to no end");
        }
        everyRecordIsInOnePlaceOnce();
    }

    /** What readers see at any moment. */
    private void check() {
        if (table.main() != seenTable) {
            seenTable = table.main();
            addsUp(table, "table", mode == Mode.UPSERT);
            TableState state = TableState.of(table.history());
            if (state.told() && state.counts().isPresent()) {
                long read = state.watermark().orElse(Watermark.NONE).chains().values().stream()
                        .mapToLong(position -> position.records())
                        .sum();
                same("records that the table counts", state.counts().get().records(), "that its watermark has", read);
            }
        }
        if (rejects.main() != seenRejects) {
            seenRejects = rejects.main();
            addsUp(rejects, "rejects", false);
        }
    }

    private static void addsUp(SimulatedTable at, String name, boolean byKey) {
        Set<Object> distinct = new HashSet<>();
        for (Row row : at.rows()) {
            if (!distinct.add(byKey ? (Object) row.key() : row)) {
                throw new BrokenException(name + " has twice " + row);
            }
        }
        TableState state = TableState.of(at.history());
        if (state.told()) {
            Counts counts = state.counts()
                    .orElseThrow(() -> new BrokenException(name + " has a watermark but does not count its rows"));
            same("rows of " + name, at.rows().size(), "as it counts", counts.live());
        }
    }

    private void everyRecordIsInOnePlaceOnce() {
        List<StagedRecord> records = staging.all(SimulatedStaging.TOPIC);
        Set<Row> refused = new HashSet<>(rejects.rows());
        for (StagedRecord record : records) {
            boolean must = record.kind() == Kind.BAD;
            boolean may = must || record.kind() == Kind.DOUBTFUL;
            boolean is = refused.contains(record.row());
            if (is ? !may : must) {
                throw new BrokenException(record + (is ? " is among the rejects" : " is not among the rejects"));
            }
        }
        List<StagedRecord> fromSources = staging.all(SimulatedStaging.REJECTED);
        long own = refused.stream()
                .filter(row -> row.chain().topic().equals(SimulatedStaging.REJECTED))
                .count();
        same("rejects of sources", own, "staged", fromSources.size());
        Set<Row> expected = new HashSet<>(mode == Mode.APPEND ? accepted(records, refused) : latest(records, refused));
        expected.removeAll(removed);
        Set<Row> rows = new HashSet<>(table.rows());
        if (!rows.equals(expected)) {
            throw new BrokenException("the table has " + rows + ", not " + expected);
        }
        TableState state = TableState.of(table.history());
        for (ChainId chain : staging.chains()) {
            boolean merged = chain.topic().equals(SimulatedStaging.TOPIC);
            long next = (merged ? state : TableState.of(rejects.history()))
                    .watermark()
                    .map(watermark -> watermark.at(chain).next())
                    .orElse(staging.end(chain));
            same("the watermark of " + chain, next, "its end", staging.end(chain));
        }
        state.counts().filter(counts -> state.told()).ifPresent(counts -> {
            same("records of the table", counts.records(), "staged", records.size());
        });
    }

    private static List<Row> accepted(List<StagedRecord> records, Set<Row> refused) {
        return records.stream()
                .map(StagedRecord::row)
                .filter(row -> !refused.contains(row))
                .toList();
    }

    private static List<Row> latest(List<StagedRecord> records, Set<Row> refused) {
        Map<Integer, Row> rows = new LinkedHashMap<>();
        for (StagedRecord record : records) {
            if (record.kind() == Kind.TOMBSTONE) {
                rows.remove(record.key());
            } else if (!refused.contains(record.row())) {
                rows.put(record.key(), record.row());
            }
        }
        return List.copyOf(rows.values());
    }

    private static void same(String what, long left, String other, long right) {
        if (left != right) {
            throw new BrokenException(what + ": " + left + ", " + other + ": " + right);
        }
    }

    private void note(SimulatedRun run, String what) {
        if (Tracing.ON.get()) {
            trace.add("run " + Integer.toHexString(System.identityHashCode(run)) + " " + what + " " + run.at());
        }
    }

    private void note(String what) {
        if (Tracing.ON.get()) {
            trace.add(what);
        }
    }

    /** Whether steps are written down; they are when a schedule that failed is run again. */
    static final class Tracing {
        static final ThreadLocal<Boolean> ON = ThreadLocal.withInitial(() -> false);

        private Tracing() {}
    }
}

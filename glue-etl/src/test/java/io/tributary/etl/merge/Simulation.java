package io.tributary.etl.merge;

import io.tributary.etl.EtlException;
import io.tributary.etl.config.Mode;
import io.tributary.etl.merge.SimulatedStaging.BrokenException;
import io.tributary.etl.merge.SimulatedStaging.Kind;
import io.tributary.etl.merge.SimulatedStaging.StagedRecord;
import io.tributary.etl.merge.SimulatedTable.Row;
import io.tributary.etl.table.Counts;
import io.tributary.etl.table.TableState;
import io.tributary.etl.table.Watermark;
import io.tributary.staging.LinkName;
import io.tributary.testing.simulation.Schedule;
import io.tributary.testing.simulation.Step;
import io.tributary.testing.simulation.Vocabulary;
import io.tributary.testing.simulation.Vocabulary.Limits;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One run of a schedule: links are staged, up to three runs of the merge take their steps in any order or end at any of
 * them, and others compact, delete rows, let snapshots expire and restore links. After each step what readers and the
 * audit see must add up; in the end every record must be in one place, once. Confined to one thread.
 */
final class Simulation {
    static final Vocabulary<Act, Fate> VOCABULARY = new Vocabulary<>(Act.class, Fate.class, new Limits(6, 7, 30, 130));
    private static final int MOST_RUNS = 3;
    private static final int PATIENCE = 5_000;
    private static final int MOST_LINKS_OF_A_RUN = 4;

    final SimulatedStaging staging;
    final SimulatedTable table = new SimulatedTable();
    final SimulatedTable rejects = new SimulatedTable();
    final Mode mode;
    final Mutant mutant;
    final Tally tally;
    int deleted;

    private final boolean othersDelete;
    private final List<SimulatedRun> runs = new ArrayList<>();
    private final Set<Row> removed = new HashSet<>();
    private final Invariants invariants;
    private long rules;

    private Simulation(Schedule<Act, Fate> schedule, Mutant mutant, Tally tally) {
        this.mutant = mutant;
        this.tally = tally;
        this.mode = schedule.setting() % 2 == 0 ? Mode.APPEND : Mode.UPSERT;
        // A row that others deleted comes back if the summaries are forgotten too: either, not both.
        this.othersDelete = schedule.setting() / 2 % 2 == 0;
        this.staging = new SimulatedStaging(schedule.setting(), mode == Mode.UPSERT);
        this.invariants = new Invariants(this);
    }

    /** Runs a schedule, adds what happened to a tally, and tells the first violation of an invariant, if there is one. */
    static Optional<String> run(Schedule<Act, Fate> schedule, Mutant mutant, Tally tally) {
        Simulation simulation = new Simulation(schedule, mutant, tally);
        String at = "before the first step";
        try {
            for (int number = 0; number < schedule.steps().size(); number++) {
                Step<Act, Fate> step = schedule.steps().get(number);
                at = "at step " + (number + 1) + " (" + step + ")";
                simulation.take(step);
                simulation.invariants.check();
            }
            tally.steps += schedule.steps().size();
            at = "in the end";
            simulation.finish();
            return Optional.empty();
        } catch (BrokenException | EtlException | IllegalStateException broken) {
            return Optional.of(at + ", " + simulation.mode + ": " + broken.getMessage());
        }
    }

    private void take(Step<Act, Fate> step) {
        SimulatedTable other = step.who() % 3 == 0 ? rejects : table;
        switch (step.kind()) {
            case STAGE -> staging.stage(step.who(), step.amount());
            case STEP -> stepOf(step);
            case BEGIN -> begin(step.amount());
            case CRASH -> crash(step.who());
            case RULES -> {
                runs.clear();
                rules++;
            }
            case COMPACT -> other.rewrite("replace");
            case TOUCH -> other.rewrite("append");
            case DELETE -> deleteRow(step.amount());
            case FORGET -> {
                if (!othersDelete) {
                    other.expire();
                }
            }
            case TELL -> carryForward(other);
            case AGE -> staging.age(2 * step.amount());
            case RESTORE -> {
                runs.clear();
                tally.restored += staging.restore(step.who(), step.amount());
            }
        }
    }

    private void stepOf(Step<Act, Fate> step) {
        if (runs.isEmpty()) {
            begin(step.amount());
        }
        SimulatedRun run = runs.get(step.who() % runs.size());
        run.step();
        if (run.done() || step.fate() == Fate.LOST) {
            runs.remove(run);
        }
    }

    private void begin(int amount) {
        if (runs.size() < MOST_RUNS) {
            runs.add(new SimulatedRun(this, 1 + amount % MOST_LINKS_OF_A_RUN));
        }
    }

    private void crash(int who) {
        if (!runs.isEmpty()) {
            runs.remove(who % runs.size());
            tally.crashes++;
        }
    }

    private void deleteRow(int amount) {
        if (othersDelete && !table.rows().isEmpty()) {
            List<Row> rows = new ArrayList<>(table.rows());
            removed.add(rows.remove(amount % rows.size()));
            table.commitToMain("delete", Map.of(), rows);
        }
    }

    /** What the maintenance does after a compaction. */
    private void carryForward(SimulatedTable at) {
        TableState state = TableState.of(at.history());
        if (!state.told()
                && !state.foreign()
                && state.watermark().isPresent()
                && state.counts().isPresent()) {
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

    /** Called before a link is deleted. */
    void deleting(LinkName name) {
        invariants.requireThatMayGo(name);
        deleted++;
        tally.deleted++;
    }

    /** All runs come to their end, then one more, which finds whatever they left, and those that clean up all. */
    private void finish() {
        int left = PATIENCE;
        while (!runs.isEmpty() && left-- > 0) {
            stepOf(new Step<>(Act.STEP, left, 0, Fate.ANSWERED));
            invariants.check();
        }
        runToItsEnd();
        invariants.everyRecordIsInOnePlaceOnce(removed);
        staging.age(1 + (int) SimulatedCleanup.RETENTION.toSeconds());
        for (int before = -1; before < deleted; ) {
            before = deleted;
            runToItsEnd();
        }
        invariants.allIsCleaned();
        invariants.everyRecordIsInOnePlaceOnce(removed);
    }

    private void runToItsEnd() {
        SimulatedRun last = new SimulatedRun(this, MOST_LINKS_OF_A_RUN);
        for (int left = PATIENCE; !last.done(); left--) {
            if (left == 0) {
                throw new BrokenException("a run comes to no end");
            }
            last.step();
            invariants.check();
        }
    }
}

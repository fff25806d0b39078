package io.tributary.etl.merge;

import io.tributary.etl.config.Mode;
import io.tributary.etl.merge.SimulatedStaging.Batch;
import io.tributary.etl.merge.SimulatedStaging.BrokenException;
import io.tributary.etl.merge.SimulatedStaging.Kind;
import io.tributary.etl.merge.SimulatedStaging.StagedRecord;
import io.tributary.etl.merge.SimulatedTable.Row;
import io.tributary.etl.read.ChainPosition;
import io.tributary.etl.table.Counts;
import io.tributary.etl.table.TableState;
import io.tributary.etl.table.Watermark;
import io.tributary.staging.ChainId;
import io.tributary.staging.OffsetRange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One run of the merge, a step at a time, so that others can do theirs in between and it can end at each. It decides by
 * the classes that the job decides by: {@link TableState}, {@link Standing}, {@link Watermark}, {@link Counts},
 * {@link AheadRanges}, and the checks of the chain.
 */
final class SimulatedRun {
    private final Simulation world;
    private final int mostLinks;
    private At at = At.READ;
    private TableState state = TableState.EMPTY;
    private TableState rejectsState = TableState.EMPTY;
    private Standing standing = new Standing(Watermark.NONE, Counts.NONE, true);
    private Batch batch = Batch.NONE;
    private Set<Row> refused = Set.of();
    private List<Row> newRejects = List.of();
    private Watermark watermark = Watermark.NONE;
    private Counts totals = Counts.NONE;
    private SimulatedCleanup cleanup;
    private boolean source;
    private long base;
    private long branch;
    private Watermark cleaned = Watermark.NONE;

    SimulatedRun(Simulation world, int mostLinks) {
        this.world = world;
        this.mostLinks = mostLinks;
        this.cleanup = new SimulatedCleanup(world, world.table, SimulatedStaging.TOPIC);
    }

    /** What comes next; between any two steps it may end, or others may take theirs. */
    enum At {
        READ,
        LIST,
        AHEAD,
        WRITE_REJECTS,
        SEAL_REJECTS,
        PUBLISH_REJECTS,
        BRANCH,
        WRITE,
        SEAL,
        PUBLISH,
        WATERMARK_LATE,
        CLEAN,
        SOURCE,
        LIST_SOURCE,
        DONE
    }

    boolean done() {
        return at == At.DONE;
    }

    At at() {
        return at;
    }

    void step() {
        at = switch (at) {
            case READ -> read();
            case LIST -> list();
            case AHEAD -> ahead();
            case WRITE_REJECTS -> writeRejects();
            case SEAL_REJECTS -> sealRejects();
            case PUBLISH_REJECTS -> publishRejects();
            case BRANCH -> branch();
            case WRITE -> write();
            case SEAL -> seal();
            case PUBLISH -> publish();
            case WATERMARK_LATE -> watermarkLate();
            case CLEAN -> clean();
            case SOURCE -> source();
            case LIST_SOURCE -> listSource();
            case DONE -> At.DONE;
        };
    }

    private At read() {
        state = TableState.of(world.table.history());
        cleaned = world.table.cleaned();
        standing = standing();
        return At.LIST;
    }

    private At list() {
        Map<ChainId, ChainPosition> from = standing.watermark().of(SimulatedStaging.TOPIC);
        Optional<Batch> read = read(SimulatedStaging.TOPIC, from, isLatest(world.table, state));
        if (read.isEmpty()) {
            return At.DONE;
        }
        batch = read.get();
        return batch.links().isEmpty() ? At.CLEAN : At.AHEAD;
    }

    /** Whether nobody published, or declared links to be cleaned up, since the table was read. */
    private boolean isLatest(SimulatedTable table, TableState read) {
        return table.main() == read.snapshotId() && table.cleaned().equals(cleaned);
    }

    /** The links behind a watermark; empty if they were cleaned up since others moved that on, which ends a run. */
    private Optional<Batch> read(String topic, Map<ChainId, ChainPosition> from, boolean latest) {
        try {
            return Optional.of(world.staging.read(topic, from, mostLinks, world.mutant));
        } catch (BrokenException broken) {
            if (latest) {
                throw broken;
            }
            world.tally.overtaken++;
            return Optional.empty();
        }
    }

    private At clean() {
        if (cleanup.step()) {
            return At.CLEAN;
        }
        if (source) {
            return At.DONE;
        }
        source = true;
        cleanup = new SimulatedCleanup(world, world.rejects, SimulatedStaging.REJECTED);
        return At.SOURCE;
    }

    private Standing standing() {
        if (world.mutant == Mutant.NO_LOOK_BACK && !state.told()) {
            return new Standing(Watermark.NONE, Counts.NONE, false);
        }
        return Standing.told(state).orElseGet(this::rebuilt);
    }

    private Standing rebuilt() {
        List<Row> rows = world.table.rows(state.snapshotId());
        if (state.watermark().isPresent() && state.counts().isPresent()) {
            return Standing.recounted(state.watermark().get(), state.counts().get(), rows.size());
        }
        world.tally.rebuilds++;
        Watermark found = state.watermark().orElseGet(() -> fromRows(world.table, rows, true));
        boolean all = world.mutant == Mutant.REJECTS_COUNTED_BEYOND_THE_WATERMARK;
        long rejected = world.rejects.rows().stream()
                .filter(row -> row.chain().topic().equals(SimulatedStaging.TOPIC))
                .filter(row -> all || row.offset() < found.at(row.chain()).next())
                .count();
        return Standing.rebuilt(world.mode, found, rows.size(), rejected);
    }

    private Watermark fromRows(SimulatedTable table, List<Row> rows, boolean whole) {
        Watermark cleaned = world.mutant == Mutant.DECLARATION_NOT_REBUILT_FROM ? Watermark.NONE : table.cleaned();
        Map<ChainId, Long> highest = new HashMap<>();
        cleaned.chains().forEach((chain, position) -> highest.put(chain, position.next() - 1));
        rows.forEach(row -> highest.merge(row.chain(), row.offset(), Math::max));
        Map<ChainId, ChainPosition> positions = new LinkedHashMap<>();
        highest.forEach((chain, offset) -> positions.put(
                chain,
                whole || chain.topic().equals(SimulatedStaging.REJECTED)
                        ? world.staging.positionAfter(chain, offset, cleaned.at(chain))
                        : new ChainPosition(offset + 1, 0, -1)));
        return Watermark.NONE.with(positions);
    }

    private At ahead() {
        if (vanished()) {
            return At.DONE;
        }
        rejectsState = TableState.of(world.rejects.history());
        Map<ChainId, OffsetRange> ranges = AheadRanges.of(
                rejectsState.watermark(), standing.watermark().of(SimulatedStaging.TOPIC), batch.after());
        Set<Row> decided = new HashSet<>();
        for (Row row : world.rejects.rows(rejectsState.snapshotId())) {
            OffsetRange range = ranges.get(row.chain());
            if (range != null && row.offset() >= range.from() && row.offset() < range.next()) {
                decided.add(row);
            }
        }
        if (world.mutant == Mutant.REJECTS_NOT_TAKEN_AS_DECIDED) {
            decided.clear();
        }
        newRejects = new ArrayList<>();
        for (StagedRecord record : batch.records()) {
            if (world.refuses(record) && !decided.contains(record.row())) {
                newRejects.add(record.row());
            }
        }
        refused = new HashSet<>(decided);
        refused.addAll(newRejects);
        return newRejects.isEmpty() ? At.BRANCH : At.WRITE_REJECTS;
    }

    /** Another run was faster, and what it merged is cleaned up already: reading it fails. */
    private boolean vanished() {
        boolean gone = !world.staging.holds(batch);
        world.tally.overtaken += gone ? 1 : 0;
        return gone;
    }

    private At source() {
        rejectsState = TableState.of(world.rejects.history());
        cleaned = world.rejects.cleaned();
        return At.LIST_SOURCE;
    }

    private At listSource() {
        Map<ChainId, ChainPosition> from = rejectsWatermark().of(SimulatedStaging.REJECTED);
        Optional<Batch> read = read(SimulatedStaging.REJECTED, from, isLatest(world.rejects, rejectsState));
        if (read.isEmpty()) {
            return At.DONE;
        }
        batch = read.get();
        newRejects = batch.records().stream().map(StagedRecord::row).toList();
        return batch.links().isEmpty() ? At.CLEAN : At.WRITE_REJECTS;
    }

    private Watermark rejectsWatermark() {
        return rejectsState
                .watermark()
                .orElseGet(() -> fromRows(world.rejects, world.rejects.rows(rejectsState.snapshotId()), false));
    }

    private At writeRejects() {
        if (vanished()) {
            return At.DONE;
        }
        if (!world.rejects.has(rejectsState.snapshotId())) {
            return again();
        }
        Watermark before = world.mutant == Mutant.WATERMARK_OF_REJECTS_BEGINS_ANEW
                ? rejectsState.watermark().orElse(Watermark.NONE)
                : rejectsWatermark();
        watermark = world.mutant == Mutant.WATERMARK_OF_REJECTS_GOES_BACK
                ? before.with(batch.after())
                : before.withFurther(batch.after());
        long live = Standing.told(rejectsState)
                .map(told -> told.counts().live())
                .orElseGet(() ->
                        (long) world.rejects.rows(rejectsState.snapshotId()).size());
        totals = new Counts(live + newRejects.size(), live + newRejects.size(), 0, 0, 0, 0, 0);
        base = rejectsState.snapshotId();
        branch = world.rejects.branch(base);
        List<Row> rows = new ArrayList<>(world.rejects.rows(base));
        rows.addAll(newRejects);
        world.rejects.commit(branch, "append", Map.of(Watermark.PROPERTY, watermark.toJson()), rows);
        return At.SEAL_REJECTS;
    }

    private At sealRejects() {
        List<Row> rows = world.rejects.rows(world.rejects.head(branch));
        world.rejects.commit(branch, "append", summary(), rows);
        return At.PUBLISH_REJECTS;
    }

    private At publishRejects() {
        if (!world.rejects.fastForward(branch, base)) {
            return again();
        }
        world.tally.publishes++;
        return source ? At.SOURCE : At.BRANCH;
    }

    private At again() {
        world.tally.lost++;
        return source ? At.SOURCE : At.READ;
    }

    private At branch() {
        base = state.snapshotId();
        if (!world.table.has(base)) {
            return again();
        }
        branch = world.table.branch(base);
        watermark = standing.watermark().with(batch.after());
        return At.WRITE;
    }

    private At write() {
        if (vanished()) {
            return At.DONE;
        }
        List<Row> rows = new ArrayList<>(world.table.rows(base));
        Counts merged = world.mode == Mode.APPEND ? append(rows) : upsert(rows);
        totals = standing.counts().plus(merged);
        boolean late = world.mutant == Mutant.WATERMARK_NOT_IN_THE_SAME_COMMIT;
        Map<String, String> summary = late
                ? Map.of()
                : world.mode == Mode.APPEND ? summary() : Map.of(Watermark.PROPERTY, watermark.toJson());
        world.table.commit(branch, world.mode == Mode.APPEND ? "append" : "overwrite", summary, rows);
        if (world.mode == Mode.APPEND || late) {
            return At.PUBLISH;
        }
        if (world.mutant == Mutant.UPSERT_NOT_PUBLISHED_AT_ONCE) {
            long first = world.table.head(branch);
            if (!world.table.moveTo(first, base)) {
                return again();
            }
            base = first;
        }
        return At.SEAL;
    }

    private Counts append(List<Row> rows) {
        long live = 0;
        for (StagedRecord record : batch.records()) {
            if (!refused.contains(record.row())) {
                rows.add(record.row());
                live++;
            }
        }
        return new Counts(batch.records().size(), live, 0, 0, 0, batch.records().size() - live, 0);
    }

    private Counts upsert(List<Row> rows) {
        Map<Integer, Row> current = new LinkedHashMap<>();
        rows.forEach(row -> current.put(row.key(), row));
        long before = current.size();
        long superseded = 0;
        long tombstones = 0;
        long deleted = 0;
        long rejected = 0;
        for (StagedRecord record : batch.records()) {
            Row known = current.get(record.key());
            boolean stale = known != null && known.offset() >= record.offset();
            if (refused.contains(record.row())) {
                rejected++;
            } else if (record.kind() == Kind.TOMBSTONE) {
                tombstones++;
                if (known != null && !stale) {
                    current.remove(record.key());
                    deleted++;
                }
            } else {
                superseded += known == null ? 0 : 1;
                if (!stale) {
                    current.put(record.key(), record.row());
                }
            }
        }
        rows.clear();
        rows.addAll(current.values());
        return new Counts(
                batch.records().size(), current.size() - before, superseded, tombstones, deleted, rejected, 0);
    }

    private At seal() {
        world.table.commit(branch, "append", summary(), world.table.rows(world.table.head(branch)));
        return At.PUBLISH;
    }

    private At publish() {
        boolean anyway = world.mutant == Mutant.APPEND_WITHOUT_COMPARE_AND_SWAP
                && world.mode == Mode.APPEND
                && world.table.main() != base;
        if (anyway) {
            world.table.appendAnyway(branch, base);
        } else if (!world.table.fastForward(branch, base)) {
            return again();
        }
        world.tally.publishes++;
        return world.mutant == Mutant.WATERMARK_NOT_IN_THE_SAME_COMMIT ? At.WATERMARK_LATE : At.READ;
    }

    private At watermarkLate() {
        base = world.table.main();
        branch = world.table.branch(base);
        world.table.commit(branch, "append", summary(), world.table.rows(base));
        world.table.fastForward(branch, base);
        return At.READ;
    }

    private Map<String, String> summary() {
        return Map.of(Watermark.PROPERTY, watermark.toJson(), Counts.PROPERTY, totals.toJson());
    }
}

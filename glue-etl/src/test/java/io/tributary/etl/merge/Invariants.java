package io.tributary.etl.merge;

import io.tributary.etl.config.Mode;
import io.tributary.etl.merge.SimulatedStaging.BrokenException;
import io.tributary.etl.merge.SimulatedStaging.Kind;
import io.tributary.etl.merge.SimulatedStaging.StagedLink;
import io.tributary.etl.merge.SimulatedStaging.StagedRecord;
import io.tributary.etl.merge.SimulatedTable.Row;
import io.tributary.etl.read.ChainPosition;
import io.tributary.etl.table.Counts;
import io.tributary.etl.table.TableState;
import io.tributary.etl.table.Watermark;
import io.tributary.staging.ChainCheck;
import io.tributary.staging.ChainId;
import io.tributary.staging.LinkName;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What must hold at any moment, and in the end. Finds out by itself; trusts no run. Confined to one thread. */
final class Invariants {
    private final Simulation world;
    private final Map<ChainId, ChainPosition> merged = new HashMap<>();
    private long seenTable = -1;
    private long seenRejects = -1;
    private int seenStaging = -1;
    private Watermark seenCleaned = Watermark.NONE;
    private Watermark seenCleanedRejects = Watermark.NONE;

    Invariants(Simulation world) {
        this.world = world;
    }

    /** What readers and the audit see at any moment. */
    void check() {
        if (world.table.main() != seenTable) {
            seenTable = world.table.main();
            addsUp(world.table, "table", world.mode == Mode.UPSERT);
            TableState state = TableState.of(world.table.history());
            if (state.told() && state.counts().isPresent()) {
                long read = state.watermark().orElse(Watermark.NONE).chains().values().stream()
                        .mapToLong(ChainPosition::records)
                        .sum();
                same("records that the table counts", state.counts().get().records(), "that its watermark has", read);
            }
            remember(state, SimulatedStaging.TOPIC);
        }
        if (world.rejects.main() != seenRejects) {
            seenRejects = world.rejects.main();
            addsUp(world.rejects, "rejects", false);
            remember(TableState.of(world.rejects.history()), SimulatedStaging.REJECTED);
        }
        if (world.staging.changes() != seenStaging
                || !world.table.cleaned().equals(seenCleaned)
                || !world.rejects.cleaned().equals(seenCleanedRejects)) {
            seenStaging = world.staging.changes();
            seenCleaned = world.table.cleaned();
            seenCleanedRejects = world.rejects.cleaned();
            world.staging.chains().forEach(this::audit);
        }
    }

    private void remember(TableState state, String topic) {
        state.watermark()
                .orElse(Watermark.NONE)
                .of(topic)
                .forEach((chain, position) ->
                        merged.merge(chain, position, (known, found) -> found.next() > known.next() ? found : known));
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

    /** As the audit compares a chain: what is gone was declared, what is there is whole, together they are all. */
    private void audit(ChainId chain) {
        List<StagedLink> all = world.staging.all(chain);
        if (all.isEmpty()) {
            return;
        }
        List<StagedLink> present = world.staging.present(chain);
        if (!present.contains(all.get(all.size() - 1))) {
            throw new BrokenException("the last link of " + chain + " is gone");
        }
        ChainPosition cleaned = feeds(chain).cleaned().at(chain);
        long begin = Math.min(present.get(0).link().name().from(), cleaned.next());
        List<ChainCheck.Fault> faults =
                ChainCheck.faults(begin, present.stream().map(StagedLink::link).toList());
        if (!faults.isEmpty()) {
            throw new BrokenException("the audit of " + chain + ", cleaned up to " + cleaned.next() + ": " + faults);
        }
        long left = present.stream()
                .filter(link -> link.link().name().from() >= cleaned.next())
                .mapToLong(link -> link.records().size())
                .sum();
        long ever = all.stream().mapToLong(link -> link.records().size()).sum();
        same("records that the audit finds of " + chain, cleaned.records() + left, "staged", ever);
    }

    private SimulatedTable feeds(ChainId chain) {
        return chain.topic().equals(SimulatedStaging.TOPIC) ? world.table : world.rejects;
    }

    /** A link may be deleted that is merged, not the last of these, and past its retention. */
    void requireThatMayGo(LinkName name) {
        long next = world.staging.metadata(name).next();
        ChainPosition known = merged.getOrDefault(name.chain(), ChainPosition.START);
        if (next > known.next()) {
            throw new BrokenException(name + " is deleted, which is not merged");
        }
        if (name.from() >= known.link()) {
            throw new BrokenException(name + " is deleted, the last that is merged");
        }
        world.staging.stagedAt(name).ifPresent(staged -> {
            if (staged.plus(SimulatedCleanup.RETENTION).isAfter(world.staging.now())) {
                throw new BrokenException(name + " is deleted before its time");
            }
        });
    }

    /** After the retention of all, and as many runs as it takes, one link of each chain is left. */
    void allIsCleaned() {
        for (ChainId chain : world.staging.chains()) {
            boolean told = TableState.of(feeds(chain).history()).watermark().isPresent();
            int left = world.staging.present(chain).size();
            if (told && left > 1) {
                throw new BrokenException(left + " links of " + chain + " are never cleaned up");
            }
        }
    }

    void everyRecordIsInOnePlaceOnce(Set<Row> removed) {
        List<StagedRecord> records = world.staging.records(SimulatedStaging.TOPIC);
        Set<Row> refused = new HashSet<>(world.rejects.rows());
        for (StagedRecord record : records) {
            boolean must = record.kind() == Kind.BAD;
            boolean may = must || record.kind() == Kind.DOUBTFUL;
            boolean is = refused.contains(record.row());
            if (is ? !may : must) {
                throw new BrokenException(record + (is ? " is among the rejects" : " is not among the rejects"));
            }
        }
        long own = refused.stream()
                .filter(row -> row.chain().topic().equals(SimulatedStaging.REJECTED))
                .count();
        same(
                "rejects of sources",
                own,
                "staged",
                world.staging.records(SimulatedStaging.REJECTED).size());
        Set<Row> expected =
                new HashSet<>(world.mode == Mode.APPEND ? accepted(records, refused) : latest(records, refused));
        expected.removeAll(removed);
        Set<Row> rows = new HashSet<>(world.table.rows());
        if (!rows.equals(expected)) {
            throw new BrokenException("the table has " + rows + ", not " + expected);
        }
        for (ChainId chain : world.staging.chains()) {
            long end = world.staging.end(chain);
            Optional<Watermark> watermark =
                    TableState.of(feeds(chain).history()).watermark();
            same(
                    "the watermark of " + chain,
                    watermark.map(known -> known.at(chain).next()).orElse(end),
                    "its end",
                    end);
        }
        TableState state = TableState.of(world.table.history());
        state.counts()
                .filter(counts -> state.told())
                .ifPresent(counts -> same("records of the table", counts.records(), "staged", records.size()));
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
}

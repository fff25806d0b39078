package io.tributary.sandbox.cli.audit;

import io.tributary.staging.ChainId;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What the lake's tables say of themselves, one current snapshot each. Immutable. */
public record Lake(List<Table> tables) {
    /** The table that collects what was refused anywhere. */
    public static final String REJECTED = "rejected";

    public Lake {
        tables = List.copyOf(tables);
    }

    Optional<Table> table(String name) {
        return tables.stream().filter(table -> table.name().equals(name)).findFirst();
    }

    /** What was cleaned out of a chain, by the table that says most. */
    Cleaned cleaned(ChainId chain) {
        return tables.stream()
                .map(table -> table.watermarks().get(chain))
                .filter(Objects::nonNull)
                .map(Watermark::cleaned)
                .max(Comparator.comparingLong(Cleaned::next))
                .orElse(Cleaned.NOTHING);
    }

    /**
     * One table.
     *
     * @param name       its name
     * @param watermarks how far each chain was merged into it
     * @param counts     what became of all records that it was given, cumulative
     * @param rows       rows that a query counts now
     * @param faults     what the lake itself found wrong with it; only a deep audit looks
     */
    public record Table(
            String name, Map<ChainId, Watermark> watermarks, Counts counts, long rows, List<String> faults) {
        public Table {
            watermarks = Map.copyOf(watermarks);
            faults = List.copyOf(faults);
        }
    }

    /**
     * How far a chain was merged.
     *
     * @param next    the offset after the last link that was merged
     * @param records records read from the chain in all
     * @param cleaned the first links, which were merged and then deleted after their retention
     */
    public record Watermark(long next, long records, Cleaned cleaned) {
        /** Without a clean-up. */
        public Watermark(long next, long records) {
            this(next, records, Cleaned.NOTHING);
        }
    }

    /**
     * Links at the beginning of a chain that were deleted on purpose, or are about to be.
     *
     * @param next    the offset after the last of them
     * @param records records that they held
     */
    public record Cleaned(long next, long records) {
        /** All links are still there. */
        public static final Cleaned NOTHING = new Cleaned(0, 0);
    }

    /**
     * What became of the records that a table was given, by the names that its snapshot uses: {@code records} is what
     * came in, every other one a way to end.
     *
     * @param records all of them
     * @param ended   by outcome: live, superseded, tombstones, deleted, rejected, filtered
     */
    public record Counts(long records, SortedMap<String, Long> ended) {
        public Counts {
            ended = new TreeMap<>(ended);
        }

        /** Rows that should be in the table now. */
        public long live() {
            return ended.getOrDefault("live", 0L);
        }

        long sum() {
            return ended.values().stream().mapToLong(Long::longValue).sum();
        }
    }
}

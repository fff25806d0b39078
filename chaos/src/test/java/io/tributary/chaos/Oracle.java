package io.tributary.chaos;

import io.tributary.sandbox.cli.client.MergeService.Rows;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import java.util.function.LongPredicate;
import java.util.function.ToLongBiFunction;

/** What the tables must hold, told by the load alone. Stateless. */
final class Oracle {
    private Oracle() {}

    /**
     * Each number below an end is in one row.
     *
     * @param number finds a row's number, or gives -1
     * @param end    how many there must be
     */
    static void eachOnce(String table, Rows rows, ToLongBiFunction<Rows, List<String>> number, long end) {
        BitSet found = new BitSet();
        for (List<String> row : rows.rows()) {
            long n = number.applyAsLong(rows, row);
            require(n >= 0 && n < end, table + " has a row that was never written: " + row);
            require(!found.get((int) n), table + " has number " + n + " twice");
            found.set((int) n);
        }
        require(found.cardinality() == end, table + " has " + found.cardinality() + " of " + end + " numbers");
    }

    /**
     * Each key has the row of its latest number, unless that deleted it.
     *
     * @param key     the key of a number
     * @param deletes whether a number deletes its key
     * @param end     how many numbers there are
     */
    static void latest(
            String table, Rows rows, String keyColumn, LongFunction<String> key, LongPredicate deletes, long end) {
        Map<String, Long> expected = new HashMap<>();
        for (long n = 0; n < end; n++) {
            if (deletes.test(n)) {
                expected.remove(key.apply(n));
            } else {
                expected.put(key.apply(n), n);
            }
        }
        Map<String, Long> actual = new HashMap<>();
        for (List<String> row : rows.rows()) {
            String found = cell(rows, row, keyColumn);
            Long before = actual.put(found, Long.parseLong(cell(rows, row, "n")));
            require(before == null, table + " has " + found + " twice");
        }
        require(actual.equals(expected), table + " differs from the latest of each key");
    }

    static String cell(Rows rows, List<String> row, String column) {
        return row.get(rows.columns().indexOf(column));
    }

    static void require(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError(what);
        }
    }
}

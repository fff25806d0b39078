package io.tributary.etl;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What an upsert must come to, applied record by record in memory. A key belongs to one partition. */
final class LatestWinsModel {
    private final Map<String, Integer> rows = new TreeMap<>();
    private final Map<String, List<@Nullable Integer>> histories = new HashMap<>();
    private long records;

    void apply(@Nullable String key, @Nullable Integer value) {
        records++;
        if (key == null) {
            return;
        }
        histories.computeIfAbsent(key, name -> new ArrayList<>()).add(value);
        if (value == null) {
            rows.remove(key);
        } else {
            rows.put(key, value);
        }
    }

    /** {@code key|value} by key. */
    List<String> rows() {
        return rows.entrySet().stream()
                .map(entry -> entry.getKey() + "|" + entry.getValue())
                .toList();
    }

    long records() {
        return records;
    }

    long tombstones() {
        return count((value, next) -> value == null);
    }

    /** Values that a tombstone follows. */
    long deleted() {
        return count((value, next) -> value != null && next.isPresent() && next.get() == TOMBSTONE);
    }

    /** Values that a value follows. */
    long superseded() {
        return count((value, next) -> value != null && next.isPresent() && next.get() != TOMBSTONE);
    }

    private static final int TOMBSTONE = Integer.MIN_VALUE;

    private interface Test {
        boolean holds(@Nullable Integer value, java.util.Optional<Integer> next);
    }

    private long count(Test test) {
        long count = 0;
        for (List<@Nullable Integer> history : histories.values()) {
            for (int at = 0; at < history.size(); at++) {
                java.util.Optional<Integer> next = java.util.Optional.empty();
                if (at + 1 < history.size()) {
                    Integer following = history.get(at + 1);
                    next = java.util.Optional.of(following == null ? TOMBSTONE : following);
                }
                count += test.holds(history.get(at), next) ? 1 : 0;
            }
        }
        return count;
    }
}

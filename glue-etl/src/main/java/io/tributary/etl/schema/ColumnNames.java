package io.tributary.etl.schema;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which column a JSON field goes to. SQL does not tell upper from lower case, and dots separate levels, so a column's
 * name is the field's in lower case with {@code _} for dots. Where fields of one record would share a column by that
 * (or take a name that is reserved), all but one get {@code _2}, {@code _3} ...: the one spelled like the column
 * keeps it, else the first by code points. Nothing is lost, and the same fields always get the same columns. Pure.
 */
public final class ColumnNames {
    public static final String KEY = "_key";
    public static final String INCARNATION = "_incarnation";
    /** Not {@code _partition}, which Iceberg keeps for itself. */
    public static final String PARTITION = "_topic_partition";

    public static final String OFFSET = "_offset";
    public static final String TIMESTAMP = "_timestamp";

    /** Columns that every table has, in order, after its own. */
    public static final List<String> METADATA = List.of(KEY, INCARNATION, PARTITION, OFFSET, TIMESTAMP);

    /** Names under which Iceberg shows what it knows of a row; a table with such a column could not be read. */
    private static final Set<String> ICEBERGS = Set.of(
            "_file",
            "_pos",
            "_deleted",
            "_spec_id",
            "_partition",
            "_row_id",
            "_last_updated_sequence_number",
            "_change_type",
            "_change_ordinal",
            "_commit_snapshot_id");

    /** The column of a record whose value is no object. */
    public static final String VALUE = "value";

    private ColumnNames() {}

    /** The column of a field that shares it with no other. */
    public static String of(String field) {
        String name = field.toLowerCase(Locale.ROOT).replace('.', '_');
        return name.isEmpty() ? "_" : name;
    }

    /** Whether fields at the top of a record must not take this name. */
    public static boolean isReserved(String column) {
        return METADATA.contains(column) || ICEBERGS.contains(column);
    }

    /**
     * The columns of all fields of one object.
     *
     * @param fields the field names; no name twice
     * @param top    whether the object is the record's value itself
     */
    public static Map<String, String> assign(List<String> fields, boolean top) {
        Map<String, List<String>> groups = new TreeMap<>();
        Set<String> taken = new HashSet<>();
        if (top) {
            taken.addAll(METADATA);
            taken.addAll(ICEBERGS);
        }
        for (String field : new LinkedHashSet<>(fields)) {
            groups.computeIfAbsent(of(field), name -> new ArrayList<>()).add(field);
        }
        taken.addAll(groups.keySet());
        Map<String, String> columns = new HashMap<>();
        groups.forEach((base, sharing) -> {
            sharing.sort(Comparator.comparing((String field) -> !field.equals(base))
                    .thenComparing(Comparator.naturalOrder()));
            boolean owned = top && isReserved(base);
            for (String field : sharing) {
                String column = owned ? free(base, taken) : base;
                owned = true;
                taken.add(column);
                columns.put(field, column);
            }
        });
        return columns;
    }

    private static String free(String base, Set<String> taken) {
        int number = 2;
        while (taken.contains(base + "_" + number)) {
            number++;
        }
        return base + "_" + number;
    }
}

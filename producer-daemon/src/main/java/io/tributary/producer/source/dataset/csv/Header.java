package io.tributary.producer.source.dataset.csv;

import io.tributary.producer.source.dataset.csv.CsvRow.Fields;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The names of a file's columns.
 *
 * @param names in order; a column without a name is called {@code column} and its number, from 1
 */
public record Header(List<String> names) {
    public Header {
        names = List.copyOf(names);
    }

    /** Reads the first row. */
    public static Header of(Fields row) {
        List<String> names = new ArrayList<>();
        for (int at = 0; at < row.count(); at++) {
            String name = row.get(at);
            names.add(name == null || name.isBlank() ? "column" + (at + 1) : name);
        }
        return new Header(names);
    }

    /** Why no table can have these columns; empty if one can. SQL does not tell upper case from lower case. */
    public Optional<String> problem() {
        Map<String, List<String>> places = new LinkedHashMap<>();
        for (int at = 0; at < names.size(); at++) {
            places.computeIfAbsent(names.get(at).toLowerCase(Locale.ROOT), name -> new ArrayList<>())
                    .add("'" + names.get(at) + "' (column " + (at + 1) + ")");
        }
        List<String> doubled = places.values().stream()
                .filter(same -> same.size() > 1)
                .map(same -> String.join(" and ", same))
                .toList();
        return doubled.isEmpty()
                ? Optional.empty()
                : Optional.of("the header names columns twice: " + String.join("; ", doubled)
                        + "; SQL does not tell upper case from lower case; rename them");
    }
}

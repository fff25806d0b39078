package io.tributary.producer.source.dataset.csv;

import io.tributary.producer.source.dataset.csv.CsvRow.Fields;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Turns a row's fields into the JSON object and the key that are published. Confined to one thread. */
public final class RowJson {
    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] COMMA = {','};
    private static final byte[] OPEN_ARRAY = {'['};
    private static final byte[] CLOSE_ARRAY = {']'};
    private static final byte[] CLOSE_OBJECT = {'}'};
    private static final int SHOWN = 40;

    private final Column[] columns;
    private final byte[][] names;
    private final int[] keyColumns;
    private final Consumer<String> becameText;
    private final JsonText json = new JsonText();

    /**
     * For the rows of one file.
     *
     * @param columns    in the order of the header
     * @param keyColumns which columns make the key, by index; none for no key
     * @param becameText told the name of a column of unknown type when a value shows up in it
     */
    public RowJson(List<Column> columns, int[] keyColumns, Consumer<String> becameText) {
        this.columns = columns.toArray(new Column[0]);
        this.keyColumns = keyColumns.clone();
        this.becameText = becameText;
        this.names = new byte[columns.size()][];
        for (int at = 0; at < names.length; at++) {
            json.clear();
            json.literal(at == 0 ? "{" : ",");
            json.string(columns.get(at).name());
            json.literal(":");
            names[at] = json.toBytes();
        }
    }

    /** Why the row cannot be published; empty if it can. */
    public Optional<String> problem(Fields row) {
        if (row.count() != columns.length) {
            return Optional.of("the row has " + row.count() + (row.count() == 1 ? " field" : " fields")
                    + ", the header " + columns.length);
        }
        for (int at = 0; at < columns.length; at++) {
            String value = row.get(at);
            if (value != null && !columns[at].takes(value) && !columns[at].isNull(value)) {
                return Optional.of("column '" + columns[at].name() + "' is "
                        + columns[at].type().label() + ", and '" + shown(value) + "' is not");
            }
        }
        return Optional.empty();
    }

    /** The record's value. The row has no {@link #problem}. */
    public byte[] value(Fields row) {
        json.clear();
        for (int at = 0; at < columns.length; at++) {
            json.raw(names[at]);
            String value = row.get(at);
            if (value == null || columns[at].isNull(value)) {
                json.raw(NULL);
            } else if (columns[at].type() == ColumnType.TEXT) {
                json.string(value);
                if (columns[at].origin() == Column.Origin.UNKNOWN) {
                    becameText.accept(columns[at].name());
                }
            } else {
                json.literal(value);
            }
        }
        json.raw(CLOSE_OBJECT);
        return json.toBytes();
    }

    /** The record's key: the text of the key column, a JSON array of several, or null without any. */
    public byte @Nullable [] key(Fields row) {
        if (keyColumns.length == 0) {
            return null;
        }
        if (keyColumns.length == 1) {
            String only = row.get(keyColumns[0]);
            return only == null ? null : only.getBytes(StandardCharsets.UTF_8);
        }
        json.clear();
        for (int at = 0; at < keyColumns.length; at++) {
            json.raw(at == 0 ? OPEN_ARRAY : COMMA);
            String part = row.get(keyColumns[at]);
            if (part == null) {
                json.raw(NULL);
            } else {
                json.string(part);
            }
        }
        json.raw(CLOSE_ARRAY);
        return json.toBytes();
    }

    private static String shown(String value) {
        return value.length() <= SHOWN ? value : value.substring(0, SHOWN) + "...";
    }
}

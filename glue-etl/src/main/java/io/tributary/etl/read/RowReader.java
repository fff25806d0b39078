package io.tributary.etl.read;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import io.tributary.etl.schema.ColumnNames;
import io.tributary.etl.schema.FieldNames;
import io.tributary.etl.schema.RefusedValueException;
import io.tributary.etl.schema.SharedColumnException;
import io.tributary.etl.schema.ValueBytes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** Turns records' values into the columns of a schema. Confined to one thread. */
final class RowReader {
    private final Columns top;
    private int objects;

    /**
     * A reader.
     *
     * @param columns the columns that fields go to, without metadata columns
     */
    RowReader(StructType columns) {
        top = new Columns(columns, "", true);
    }

    /**
     * Reads the value at which the parser stands; leaves the parser at the value's end.
     *
     * @param into receives the columns' values, from index 0; wholly overwritten
     * @throws RefusedValueException if some column cannot hold its field's value unchanged
     */
    void read(JsonParser parser, ValueBytes source, @Nullable Object[] into) throws IOException, RefusedValueException {
        JsonStreamContext around = ValueBytes.around(parser);
        int start = ValueBytes.tokenStart(parser);
        try {
            readTop(parser, source, into, false);
        } catch (SharedColumnException | RefusedValueException unclear) {
            // A refused value may belong to a field that shares the column with one that has not been met yet.
            ValueBytes.leave(parser, around);
            source.requireText(start, parser);
            readAgain(source, start, into);
            return;
        }
        source.requireText(start, parser);
    }

    private void readAgain(ValueBytes source, int start, @Nullable Object[] into)
            throws IOException, RefusedValueException {
        // A parser of its own counts from its own beginning.
        ValueBytes value = new ValueBytes(source.bytes(), source.start() + start, source.length() - start);
        try (JsonParser again = value.again(0)) {
            readTop(again, value, into, true);
        } catch (SharedColumnException cannotHappenTwice) {
            throw new IllegalStateException(cannotHappenTwice);
        }
    }

    private void readTop(JsonParser parser, ValueBytes source, @Nullable Object[] into, boolean careful)
            throws IOException, RefusedValueException, SharedColumnException {
        Arrays.fill(into, 0, top.fields.length, null);
        if (parser.currentToken() == JsonToken.START_OBJECT) {
            readObject(parser, source, top, into, careful);
            return;
        }
        int index = top.columnOf(ColumnNames.VALUE);
        if (index >= 0) {
            into[index] = readValue(parser, source, top, index, careful);
        } else if (parser.currentToken() != JsonToken.VALUE_NULL) {
            throw noColumn("a value that is no object", ColumnNames.VALUE);
        }
    }

    private void readObject(
            JsonParser parser, ValueBytes source, Columns columns, @Nullable Object[] into, boolean careful)
            throws IOException, RefusedValueException, SharedColumnException {
        int me = ++objects;
        Map<String, String> assigned = careful ? FieldNames.columns(parser, source, columns == top) : Map.of();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String field = parser.currentName();
            String column = assigned.get(field);
            int index = column == null ? columns.byField(field) : columns.columnOf(column);
            JsonToken token = parser.nextToken();
            if (index < 0) {
                if (token == JsonToken.VALUE_NULL) {
                    continue;
                }
                throw noColumn("field '" + field + "'", columns.path(ColumnNames.of(field)));
            }
            if (columns.lastObject[index] == me) {
                throw new SharedColumnException();
            }
            columns.lastObject[index] = me;
            into[index] = readValue(parser, source, columns, index, careful);
        }
    }

    private @Nullable Object readValue(
            JsonParser parser, ValueBytes source, Columns columns, int index, boolean careful)
            throws IOException, RefusedValueException, SharedColumnException {
        return readTyped(
                parser, source, columns.fields[index].dataType(), columns.nested[index], columns.paths[index], careful);
    }

    private @Nullable Object readTyped(
            JsonParser parser, ValueBytes source, DataType type, @Nullable Columns nested, String path, boolean careful)
            throws IOException, RefusedValueException, SharedColumnException {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.VALUE_NULL) {
            return null;
        }
        if (token.isScalarValue()) {
            return ValueConverter.scalar(parser, type, path);
        }
        if (type.equals(DataTypes.StringType)) {
            return source.textOfValue(parser);
        }
        if (token == JsonToken.START_OBJECT && nested != null && type instanceof StructType) {
            @Nullable Object[] values = new @Nullable Object[nested.fields.length];
            readObject(parser, source, nested, values, careful);
            return RowFactory.create(values);
        }
        if (token == JsonToken.START_ARRAY && type instanceof ArrayType array) {
            List<@Nullable Object> elements = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                elements.add(readTyped(parser, source, array.elementType(), nested, path + ".element", careful));
            }
            return elements.toArray();
        }
        throw ValueConverter.refusal(path, type, token == JsonToken.START_ARRAY ? "an array" : "an object");
    }

    private static RefusedValueException noColumn(String what, String column) {
        return new RefusedValueException(what + " has no column '" + column + "': the table has too many");
    }

    /** The columns of one object, with what is needed to find them quickly. */
    private static final class Columns {
        final StructField[] fields;
        final String[] paths;
        final @Nullable Columns[] nested;
        final int[] lastObject;
        final boolean top;
        private final String path;
        private final Map<String, Integer> byColumn = new HashMap<>();
        private final Map<String, Integer> byField = new HashMap<>();

        Columns(StructType struct, String path, boolean top) {
            this.path = path;
            this.top = top;
            fields = struct.fields();
            lastObject = new int[fields.length];
            nested = new @Nullable Columns[fields.length];
            paths = new String[fields.length];
            for (int at = 0; at < fields.length; at++) {
                byColumn.put(fields[at].name().toLowerCase(Locale.ROOT), at);
                paths[at] = path(fields[at].name());
                nested[at] = below(fields[at].dataType(), paths[at]);
            }
        }

        private static @Nullable Columns below(DataType type, String path) {
            DataType inner = type;
            String innerPath = path;
            while (inner instanceof ArrayType array) {
                inner = array.elementType();
                innerPath += ".element";
            }
            return inner instanceof StructType struct ? new Columns(struct, innerPath, false) : null;
        }

        String path(String column) {
            return path.isEmpty() ? column : path + "." + column;
        }

        int columnOf(String column) {
            return byColumn.getOrDefault(column, -1);
        }

        /** The column of a field that shares it with no other field of its object. */
        int byField(String field) throws SharedColumnException {
            Integer known = byField.get(field);
            if (known != null) {
                return known;
            }
            String column = ColumnNames.of(field);
            if (top && ColumnNames.isReserved(column)) {
                throw new SharedColumnException();
            }
            int index = columnOf(column);
            if (index >= 0) {
                byField.put(field, index);
            }
            return index;
        }
    }
}

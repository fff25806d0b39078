package io.tributary.etl.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

/** A table's columns as a value: with changes applied, and without the metadata columns. Pure. */
public final class Columns {
    /** No columns. */
    public static final Types.StructType NONE = Types.StructType.of();

    private Columns() {}

    /** The columns that are not metadata. */
    public static Types.StructType data(Types.StructType table) {
        return Types.StructType.of(table.fields().stream()
                .filter(field -> !ColumnNames.METADATA.contains(field.name().toLowerCase(Locale.ROOT)))
                .toList());
    }

    /** The columns after some changes. Ids are only unique within the result. */
    public static Types.StructType apply(Types.StructType columns, List<SchemaChange> changes) {
        Types.StructType result = columns;
        for (SchemaChange change : changes) {
            result = apply(result, change).asStructType();
        }
        return renumber(result, new AtomicInteger(1)).asStructType();
    }

    private static Type apply(Type type, SchemaChange change) {
        if (change instanceof SchemaChange.Add add) {
            return at(type, add.parent(), struct -> {
                List<Types.NestedField> fields =
                        new ArrayList<>(struct.asStructType().fields());
                fields.add(Types.NestedField.optional(Integer.MAX_VALUE, add.name(), add.type()));
                // Ids repeat until all changes are applied.
                return renumber(fields, new AtomicInteger(1));
            });
        }
        SchemaChange.Widen widen = (SchemaChange.Widen) change;
        return at(type, widen.path(), old -> widen.type());
    }

    private interface Change {
        Type of(Type type);
    }

    private static Type at(Type type, String path, Change change) {
        if (path.isEmpty()) {
            return change.of(type);
        }
        int dot = path.indexOf('.');
        String name = dot < 0 ? path : path.substring(0, dot);
        String rest = dot < 0 ? "" : path.substring(dot + 1);
        if (type.isListType()) {
            return Types.ListType.ofOptional(
                    type.asListType().elementId(), at(type.asListType().elementType(), rest, change));
        }
        List<Types.NestedField> fields = new ArrayList<>();
        for (Types.NestedField field : type.asStructType().fields()) {
            fields.add(
                    field.name().equals(name)
                            ? Types.NestedField.optional(
                                    field.fieldId(), field.name(), at(field.type(), rest, change), field.doc())
                            : field);
        }
        return renumber(fields, new AtomicInteger(1));
    }

    private static Type renumber(Type type, AtomicInteger ids) {
        if (type.isStructType()) {
            return renumber(type.asStructType().fields(), ids);
        }
        if (type.isListType()) {
            int id = ids.getAndIncrement();
            return Types.ListType.ofOptional(id, renumber(type.asListType().elementType(), ids));
        }
        return type;
    }

    private static Types.StructType renumber(List<Types.NestedField> fields, AtomicInteger ids) {
        List<Types.NestedField> result = new ArrayList<>();
        for (Types.NestedField field : fields) {
            int id = ids.getAndIncrement();
            result.add(Types.NestedField.optional(id, field.name(), renumber(field.type(), ids), field.doc()));
        }
        return Types.StructType.of(result);
    }
}

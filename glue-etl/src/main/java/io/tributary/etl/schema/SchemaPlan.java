package io.tributary.etl.schema;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.TypeUtil;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/**
 * How a table's columns must change before records are merged. Columns are added, and types widened where Iceberg allows
 * it (int to bigint, float to double, a decimal's precision); a declared type is never changed by data, but that objects
 * get the fields that they have beyond the declared ones. What nobody declared is inferred, or, where a type is declared for
 * {@link #REST}, has that. A plan made for
 * more records only ever accepts more than one made for fewer: no record is refused later that was accepted before.
 *
 * @param changes   the steps, in order
 * @param certain   whether every value seen surely fits afterwards; if not, some records may be refused
 */
public record SchemaPlan(List<SchemaChange> changes, boolean certain) {
    /** Declares the type of all columns and fields that are not declared by name. */
    public static final String REST = "*";

    private static final int MOST_COLUMNS = 2000;

    /** A declared type that a column cannot take. */
    public static final class CannotWidenException extends Exception {
        private static final long serialVersionUID = 1L;

        CannotWidenException(String column, Type from, Type to) {
            super("column '" + column + "' is " + DeclaredType.name(from) + " in the table and cannot become "
                    + DeclaredType.name(to) + "; declare " + DeclaredType.name(from) + " or use another table");
        }
    }

    /**
     * Makes a plan.
     *
     * @param existing the table's columns without metadata columns; no columns if there is no table
     * @param declared declared types by column
     * @param seen     what the records hold
     * @throws CannotWidenException if a declared type does not fit the table's
     */
    public static SchemaPlan of(Types.StructType existing, Map<String, Type> declared, Shape seen)
            throws CannotWidenException {
        Planner planner = new Planner(declared, existing.fields().size());
        planner.top(existing, seen);
        return new SchemaPlan(List.copyOf(planner.changes), planner.certain);
    }

    private static final class Planner {
        final Map<String, Type> declared;
        final Optional<Type> rest;
        final List<SchemaChange> changes = new ArrayList<>();
        boolean certain = true;
        int columns;

        Planner(Map<String, Type> declared, int columns) {
            this.declared = new LinkedHashMap<>(declared);
            this.rest = Optional.ofNullable(this.declared.remove(REST));
            this.columns = columns;
        }

        void top(Types.StructType existing, Shape seen) throws CannotWidenException {
            for (Map.Entry<String, Shape> entry : seen.fields().entrySet()) {
                String name = entry.getKey();
                Types.NestedField field = existing.caseInsensitiveField(name);
                Type type = declared.get(name);
                if (type == null) {
                    inferred("", name, field, entry.getValue());
                } else if (type.isNestedType()) {
                    nested(name, field, type, entry.getValue());
                    continue;
                } else if (!Inference.fits(type, entry.getValue())) {
                    certain = false;
                }
                if (type != null && field == null) {
                    add("", name, type);
                }
            }
            for (Map.Entry<String, Type> entry : declared.entrySet()) {
                Types.NestedField field = existing.caseInsensitiveField(entry.getKey());
                if (field != null && entry.getValue().isNestedType()) {
                    redeclareNested(field.name(), field.type(), entry.getValue());
                } else if (field != null) {
                    redeclare(field, entry.getValue());
                } else if (!seen.fields().containsKey(entry.getKey())) {
                    add("", entry.getKey(), entry.getValue());
                }
            }
        }

        /** A declared type with what its values have beyond it, or the table's with that. */
        private void nested(String name, Types.@Nullable NestedField field, Type type, Shape seen) {
            if (field != null) {
                existing(field.name(), field.type(), seen);
                return;
            }
            Planner beyond = new Planner(rest.map(known -> Map.of(REST, known)).orElse(Map.of()), columns);
            beyond.existing(name, type, seen);
            certain &= beyond.certain;
            Types.StructType whole =
                    Columns.apply(Types.StructType.of(Types.NestedField.optional(1, name, type)), beyond.changes);
            add("", name, whole.field(name).type());
        }

        /** Fields that are declared anew are added; those of the table stay what they are. */
        private void redeclareNested(String path, Type type, Type declaredType) throws CannotWidenException {
            if (type.isStructType() && declaredType.isStructType()) {
                for (Types.NestedField wanted : declaredType.asStructType().fields()) {
                    Types.NestedField there = type.asStructType().caseInsensitiveField(wanted.name());
                    if (there != null && wanted.type().isNestedType()) {
                        redeclareNested(path(path, there.name()), there.type(), wanted.type());
                    } else if (there == null && !adds(path, wanted.name())) {
                        add(path, wanted.name(), wanted.type());
                    }
                }
            } else if (type.isListType() && declaredType.isListType()) {
                redeclareNested(
                        path + ".element",
                        type.asListType().elementType(),
                        declaredType.asListType().elementType());
            } else if (type.isNestedType() || declaredType.isNestedType()) {
                throw new CannotWidenException(path, type, declaredType);
            }
        }

        private boolean adds(String parent, String name) {
            return changes.stream()
                    .anyMatch(change -> change instanceof SchemaChange.Add add
                            && add.parent().equals(parent)
                            && add.name().equalsIgnoreCase(name));
        }

        private void redeclare(Types.NestedField field, Type type) throws CannotWidenException {
            if (field.type().equals(type)) {
                return;
            }
            if (!field.type().isPrimitiveType() || !TypeUtil.isPromotionAllowed(field.type(), type.asPrimitiveType())) {
                throw new CannotWidenException(field.name(), field.type(), type);
            }
            changes.add(new SchemaChange.Widen(field.name(), type));
        }

        private void inferred(String parent, String name, Types.@Nullable NestedField field, Shape seen) {
            if (field == null) {
                Optional<Type> type = seen.kinds() == 0 ? Optional.empty() : rest.or(() -> Inference.typeOf(seen));
                type.ifPresent(known -> add(parent, name, known));
                return;
            }
            existing(path(parent, field.name()), field.type(), seen);
        }

        private void existing(String path, Type type, Shape seen) {
            Optional<Type> wider = Inference.widened(type, seen);
            if (wider.isPresent()) {
                changes.add(new SchemaChange.Widen(path, wider.get()));
            } else if (type.isStructType()) {
                certain &= seen.within(Shape.OBJECT);
                seen.fields()
                        .forEach((name, shape) ->
                                inferred(path, name, type.asStructType().caseInsensitiveField(name), shape));
            } else if (type.isListType()) {
                certain &= seen.within(Shape.ARRAY);
                existing(path + ".element", type.asListType().elementType(), seen.element());
            } else {
                certain &= Inference.fits(type, seen);
            }
        }

        private void add(String parent, String name, Type type) {
            if (columns >= MOST_COLUMNS) {
                certain = false;
                return;
            }
            columns += leaves(type);
            changes.add(new SchemaChange.Add(parent, name, type));
        }

        private static int leaves(Type type) {
            return type.isNestedType()
                    ? type.asNestedType().fields().stream()
                            .mapToInt(field -> leaves(field.type()))
                            .sum()
                    : 1;
        }

        private static String path(String parent, String name) {
            return parent.isEmpty() ? name : parent + "." + name;
        }
    }
}

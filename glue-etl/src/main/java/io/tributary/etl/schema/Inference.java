package io.tributary.etl.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

/**
 * The type of a new column, from what its values hold. Whole numbers become bigint; numbers of which some have a
 * fraction become double where a double keeps all their digits; what has no common type, and numbers with more digits
 * than that, become string, with the JSON text of what is no text. Objects become structs and arrays lists. Pure.
 */
final class Inference {
    private static final int MOST_STRUCT_FIELDS = 256;
    private static final int WHOLE_NUMBERS = Shape.INT | Shape.LONG | Shape.WIDE;
    private static final int DOUBLES = Shape.INT | Shape.LONG | Shape.WHOLE | Shape.FLOAT | Shape.DOUBLE;

    private Inference() {}

    /** The type, or empty where only null was seen. Ids within it are only unique to it. */
    static Optional<Type> typeOf(Shape shape) {
        return typeOf(shape, new AtomicInteger(1));
    }

    private static Optional<Type> typeOf(Shape shape, AtomicInteger ids) {
        if (shape.kinds() == 0) {
            return Optional.empty();
        }
        if (shape.within(Shape.BOOLEAN)) {
            return Optional.of(Types.BooleanType.get());
        }
        if (shape.within(WHOLE_NUMBERS)) {
            return Optional.of(Types.LongType.get());
        }
        if (shape.within(DOUBLES)) {
            return Optional.of(Types.DoubleType.get());
        }
        if (shape.within(Shape.OBJECT)) {
            return Optional.of(struct(shape, ids));
        }
        if (shape.within(Shape.ARRAY)) {
            Type element = typeOf(shape.element(), ids).orElse(Types.StringType.get());
            return Optional.of(Types.ListType.ofOptional(ids.getAndIncrement(), element));
        }
        return Optional.of(Types.StringType.get());
    }

    private static Type struct(Shape shape, AtomicInteger ids) {
        List<Types.NestedField> fields = new ArrayList<>();
        for (Map.Entry<String, Shape> entry : shape.fields().entrySet()) {
            typeOf(entry.getValue(), ids)
                    .ifPresent(type ->
                            fields.add(Types.NestedField.optional(ids.getAndIncrement(), entry.getKey(), type)));
        }
        // A struct needs a field, and one with very many is rather a map whose names are data.
        return fields.isEmpty() || fields.size() > MOST_STRUCT_FIELDS
                ? Types.StringType.get()
                : Types.StructType.of(fields);
    }

    /** Whether a column of this type surely holds all that was seen, unchanged. False means: some value may not fit. */
    static boolean fits(Type type, Shape shape) {
        return switch (type.typeId()) {
            case BOOLEAN -> shape.within(Shape.BOOLEAN);
            case INTEGER -> shape.within(Shape.INT);
            case LONG -> shape.within(WHOLE_NUMBERS | Shape.WHOLE);
            case FLOAT -> shape.within(Shape.FLOAT);
            case DOUBLE -> shape.within(DOUBLES);
            case STRING -> true;
            case STRUCT -> shape.within(Shape.OBJECT) && fieldsFit(type.asStructType(), shape);
            case LIST -> shape.within(Shape.ARRAY) && fits(type.asListType().elementType(), shape.element());
            default -> shape.kinds() == 0;
        };
    }

    static boolean fieldsFit(Types.StructType struct, Shape shape) {
        for (Map.Entry<String, Shape> entry : shape.fields().entrySet()) {
            Types.NestedField field = struct.caseInsensitiveField(entry.getKey());
            if (entry.getValue().kinds() != 0 && (field == null || !fits(field.type(), entry.getValue()))) {
                return false;
            }
        }
        return true;
    }

    /** The wider type that a column would need for what was seen, where widening is legal; empty where not. */
    static Optional<Type> widened(Type type, Shape shape) {
        if (type.typeId() == Type.TypeID.INTEGER
                && !shape.within(Shape.INT)
                && shape.within(WHOLE_NUMBERS | Shape.WHOLE)) {
            return Optional.of(Types.LongType.get());
        }
        if (type.typeId() == Type.TypeID.FLOAT && !shape.within(Shape.FLOAT) && shape.within(DOUBLES)) {
            return Optional.of(Types.DoubleType.get());
        }
        return Optional.empty();
    }
}

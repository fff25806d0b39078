package io.tributary.etl.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

/** SQL names of types that a user may declare for a column. */
public final class DeclaredType {
    /** The names, for errors. */
    public static final String KNOWN =
            "boolean, int, bigint, float, double, decimal(p,s), string, date, timestamp, array<type>, struct<name:type,...>";

    private static final Pattern DECIMAL = Pattern.compile("decimal\\(\\s*([0-9]{1,2})\\s*,\\s*([0-9]{1,2})\\s*\\)");
    private static final int LARGEST_PRECISION = 38;

    private DeclaredType() {}

    /** The type of this name, if there is one. Ids within it are only unique to it. */
    public static Optional<Type> parse(String text) {
        return parse(text, new AtomicInteger(1));
    }

    private static Optional<Type> parse(String text, AtomicInteger ids) {
        String name = text.trim().toLowerCase(Locale.ROOT);
        if (name.startsWith("array<") && name.endsWith(">")) {
            return parse(name.substring("array<".length(), name.length() - 1), ids)
                    .map(element -> Types.ListType.ofOptional(ids.getAndIncrement(), element));
        }
        if (name.startsWith("struct<") && name.endsWith(">")) {
            return struct(name.substring("struct<".length(), name.length() - 1), ids);
        }
        Matcher decimal = DECIMAL.matcher(name);
        if (decimal.matches()) {
            int precision = Integer.parseInt(decimal.group(1));
            int scale = Integer.parseInt(decimal.group(2));
            return precision >= 1 && precision <= LARGEST_PRECISION && scale <= precision
                    ? Optional.of(Types.DecimalType.of(precision, scale))
                    : Optional.empty();
        }
        return switch (name) {
            case "boolean" -> Optional.of(Types.BooleanType.get());
            case "int", "integer" -> Optional.of(Types.IntegerType.get());
            case "bigint", "long" -> Optional.of(Types.LongType.get());
            case "float", "real" -> Optional.of(Types.FloatType.get());
            case "double" -> Optional.of(Types.DoubleType.get());
            case "string", "varchar" -> Optional.of(Types.StringType.get());
            case "date" -> Optional.of(Types.DateType.get());
            case "timestamp" -> Optional.of(Types.TimestampType.withZone());
            default -> Optional.empty();
        };
    }

    private static Optional<Type> struct(String fields, AtomicInteger ids) {
        List<Types.NestedField> all = new ArrayList<>();
        for (String field : split(fields)) {
            int colon = field.indexOf(':');
            Optional<Type> type = colon < 1 ? Optional.empty() : parse(field.substring(colon + 1), ids);
            if (type.isEmpty()) {
                return Optional.empty();
            }
            String name = field.substring(0, colon).trim();
            all.add(Types.NestedField.optional(ids.getAndIncrement(), name, type.get()));
        }
        long names = all.stream().map(Types.NestedField::name).distinct().count();
        return names == all.size() ? Optional.of(Types.StructType.of(all)) : Optional.empty();
    }

    /** At the commas that stand in no brackets. */
    private static List<String> split(String fields) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        int from = 0;
        for (int at = 0; at < fields.length(); at++) {
            char next = fields.charAt(at);
            depth += next == '<' || next == '(' ? 1 : next == '>' || next == ')' ? -1 : 0;
            if (next == ',' && depth == 0) {
                parts.add(fields.substring(from, at));
                from = at + 1;
            }
        }
        parts.add(fields.substring(from));
        return parts;
    }

    /** How errors and reports call a type. */
    public static String name(Type type) {
        return switch (type.typeId()) {
            case INTEGER -> "int";
            case LONG -> "bigint";
            case TIMESTAMP -> "timestamp";
            case STRUCT -> "object";
            case LIST -> "array";
            default -> type.toString();
        };
    }
}

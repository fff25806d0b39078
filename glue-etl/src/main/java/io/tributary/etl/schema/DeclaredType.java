package io.tributary.etl.schema;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

/** SQL names of types that a user may declare for a column. */
public final class DeclaredType {
    /** The names, for errors. */
    public static final String KNOWN = "boolean, int, bigint, float, double, decimal(p,s), string, date, timestamp";

    private static final Pattern DECIMAL = Pattern.compile("decimal\\(\\s*([0-9]{1,2})\\s*,\\s*([0-9]{1,2})\\s*\\)");
    private static final int LARGEST_PRECISION = 38;

    private DeclaredType() {}

    /** The type of this name, if there is one. */
    public static Optional<Type> parse(String text) {
        String name = text.trim().toLowerCase(Locale.ROOT);
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

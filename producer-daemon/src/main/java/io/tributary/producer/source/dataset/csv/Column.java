package io.tributary.producer.source.dataset.csv;

/**
 * A column of a file.
 *
 * @param name   as in the header
 * @param type   what its values are
 * @param origin how the type is known; a declared {@code double} takes any spelling of a number
 */
public record Column(String name, ColumnType type, Origin origin) {

    /** How a column's type is known. */
    public enum Origin {
        /** The user said so. */
        DECLARED,
        /** The values said so. */
        ESTABLISHED,
        /** It is not: there were no values yet. The first one makes it text. */
        UNKNOWN
    }

    /** Whether the value can be published as this column's type. */
    boolean takes(String value) {
        return switch (type) {
            case TEXT -> true;
            case BOOLEAN -> value.equals("true") || value.equals("false");
            case BIGINT -> Numerals.isBigint(value);
            case DOUBLE ->
                origin == Origin.DECLARED
                        ? Numerals.isFiniteJsonNumber(value)
                        : Numerals.isDoubleWithoutNeedlessPoint(value) || Numerals.isDoubleWithPoint(value);
        };
    }

    /** A quoted empty field is an empty text; in a column declared to be something else it is null. */
    boolean isNull(String value) {
        return value.isEmpty() && origin == Origin.DECLARED && type != ColumnType.TEXT;
    }
}

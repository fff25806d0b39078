package io.tributary.producer.source.dataset.csv;

/**
 * A column of a file.
 *
 * @param name     as in the header
 * @param type     what its values are
 * @param declared whether the user said so; a declared {@code double} takes any spelling of a number
 */
public record Column(String name, ColumnType type, boolean declared) {

    /** Whether the value can be published as this column's type. */
    boolean takes(String value) {
        return switch (type) {
            case TEXT -> true;
            case BOOLEAN -> value.equals("true") || value.equals("false");
            case BIGINT -> Numerals.isBigint(value);
            case DOUBLE ->
                declared
                        ? Numerals.isFiniteJsonNumber(value)
                        : Numerals.isDoubleWithoutNeedlessPoint(value) || Numerals.isDoubleWithPoint(value);
        };
    }

    /** A quoted empty field is an empty text; in a column declared to be something else it is null. */
    boolean isNull(String value) {
        return value.isEmpty() && declared && type != ColumnType.TEXT;
    }
}

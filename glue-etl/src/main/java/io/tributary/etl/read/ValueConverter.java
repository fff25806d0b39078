package io.tributary.etl.read;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.tributary.etl.schema.Numbers;
import io.tributary.etl.schema.RefusedValueException;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.jspecify.annotations.Nullable;

/**
 * Converts JSON scalars to a column's type where that keeps the value, and refuses them where it does not: no value is
 * ever cast to null, rounded or cut. Stateless.
 */
final class ValueConverter {
    private static final int SHOWN = 120;
    private static final int LONGEST_NUMBER = 400;

    private ValueConverter() {}

    /** The value at which the parser stands, which is a scalar and not null. */
    static Object scalar(JsonParser parser, DataType type, String path) throws IOException, RefusedValueException {
        Optional<Object> value = convert(parser, type);
        if (value.isEmpty()) {
            throw refusal(path, type, parser.getText());
        }
        return value.get();
    }

    static RefusedValueException refusal(String path, DataType type, String text) {
        String shown = text.length() > SHOWN ? text.substring(0, SHOWN) + "..." : text;
        return new RefusedValueException(
                "column '" + path + "' is " + type.catalogString() + ", which cannot hold " + shown + " unchanged");
    }

    private static Optional<Object> convert(JsonParser parser, DataType type) throws IOException {
        JsonToken token = parser.currentToken();
        if (type.equals(DataTypes.StringType)) {
            return Optional.of(parser.getText());
        }
        if (type.equals(DataTypes.BooleanType)) {
            return token.isBoolean() ? Optional.of(token == JsonToken.VALUE_TRUE) : Optional.empty();
        }
        if (token == JsonToken.VALUE_STRING) {
            return fromText(parser.getText(), type);
        }
        if (!token.isNumeric()) {
            return Optional.empty();
        }
        if (type.equals(DataTypes.LongType)
                && token == JsonToken.VALUE_NUMBER_INT
                && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
            return Optional.of(parser.getLongValue());
        }
        return number(parser.getText(), type);
    }

    private static Optional<Object> number(String literal, DataType type) {
        if (literal.length() > LONGEST_NUMBER) {
            return Optional.empty();
        }
        BigDecimal value;
        try {
            value = new BigDecimal(literal);
        } catch (NumberFormatException exponentBeyondInt) {
            return Optional.empty();
        }
        if (type.equals(DataTypes.LongType)) {
            return Numbers.isLong(value) ? Optional.of(value.longValue()) : Optional.empty();
        }
        if (type.equals(DataTypes.IntegerType)) {
            return Numbers.isLong(value) && (int) value.longValue() == value.longValue()
                    ? Optional.of(value.intValue())
                    : Optional.empty();
        }
        if (type.equals(DataTypes.DoubleType)) {
            return Numbers.exactInDouble(value) ? Optional.of(value.doubleValue()) : Optional.empty();
        }
        if (type.equals(DataTypes.FloatType)) {
            return Numbers.exactInFloat(value) ? Optional.of(value.floatValue()) : Optional.empty();
        }
        return type instanceof DecimalType decimal ? Optional.ofNullable(decimal(value, decimal)) : Optional.empty();
    }

    private static @Nullable BigDecimal decimal(BigDecimal value, DecimalType type) {
        BigDecimal digits = value.stripTrailingZeros();
        if (digits.scale() > type.scale() || digits.precision() - digits.scale() > type.precision() - type.scale()) {
            return null;
        }
        return digits.setScale(type.scale(), RoundingMode.UNNECESSARY);
    }

    private static Optional<Object> fromText(String text, DataType type) {
        try {
            if (type.equals(DataTypes.DateType)) {
                return Optional.of(LocalDate.parse(text));
            }
            if (type.equals(DataTypes.TimestampType)) {
                return Optional.of(instant(text));
            }
            return Optional.empty();
        } catch (DateTimeParseException notThatType) {
            return Optional.empty();
        }
    }

    /** An ISO 8601 moment; UTC where it names no offset, and a blank may stand for the T. */
    private static Instant instant(String text) {
        String iso =
                text.length() > 10 && text.charAt(10) == ' ' ? text.substring(0, 10) + "T" + text.substring(11) : text;
        boolean zoned = iso.endsWith("Z") || iso.lastIndexOf('+') > 10 || iso.lastIndexOf('-') > 10;
        Instant instant = zoned
                ? OffsetDateTime.parse(iso).toInstant()
                : LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC);
        if (!instant.truncatedTo(ChronoUnit.MICROS).equals(instant)) {
            throw new DateTimeParseException("finer than a microsecond", text, 0);
        }
        return instant;
    }
}

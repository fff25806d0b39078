package io.tributary.etl.schema;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Which type keeps all digits of a JSON number. Pure. */
public final class Numbers {
    private static final long EXACT_IN_DOUBLE = 1L << 53;
    private static final long EXACT_IN_FLOAT = 1L << 24;
    private static final int DIGITS_OF_DOUBLE = 15;
    private static final int DIGITS_OF_FLOAT = 6;
    private static final int SAFE_EXPONENT = 280;
    private static final int SAFE_EXPONENT_OF_FLOAT = 30;
    /** Longer literals are text to us: reading them as numbers would only cost time. */
    private static final int LONGEST = 400;

    private Numbers() {}

    static boolean exactInDouble(long value) {
        return value >= -EXACT_IN_DOUBLE && value <= EXACT_IN_DOUBLE;
    }

    static boolean exactInFloat(long value) {
        return value >= -EXACT_IN_FLOAT && value <= EXACT_IN_FLOAT;
    }

    /** The kind of a whole number that fits a long. */
    static int kindOf(long value) {
        if ((int) value == value) {
            return Shape.INT;
        }
        return exactInDouble(value) ? Shape.LONG : Shape.WIDE;
    }

    /** The kind of a number with a fraction or an exponent, or of a whole number beyond a long. */
    static int kindOf(String literal) {
        if (literal.length() > LONGEST) {
            return Shape.BIG;
        }
        BigDecimal value;
        try {
            value = new BigDecimal(literal);
        } catch (NumberFormatException exponentBeyondInt) {
            return Shape.BIG;
        }
        BigDecimal digits = value.stripTrailingZeros();
        if (!exactInDouble(digits)) {
            return Shape.BIG;
        }
        if (digits.scale() <= 0 && isLong(digits) && exactInDouble(digits.longValue())) {
            return Shape.WHOLE;
        }
        return exactInFloat(digits) ? Shape.FLOAT : Shape.DOUBLE;
    }

    /** Whether a double gives all digits of the number back. */
    public static boolean exactInDouble(BigDecimal value) {
        BigDecimal digits = value.stripTrailingZeros();
        int exponent = digits.precision() - digits.scale();
        if (digits.precision() <= DIGITS_OF_DOUBLE && Math.abs(exponent) < SAFE_EXPONENT) {
            return true;
        }
        double nearest = digits.doubleValue();
        return !Double.isInfinite(nearest) && sameDigits(digits, new BigDecimal(nearest));
    }

    /** Whether a float gives all digits of the number back. */
    public static boolean exactInFloat(BigDecimal value) {
        BigDecimal digits = value.stripTrailingZeros();
        int exponent = digits.precision() - digits.scale();
        if (digits.precision() <= DIGITS_OF_FLOAT && Math.abs(exponent) < SAFE_EXPONENT_OF_FLOAT) {
            return true;
        }
        float nearest = digits.floatValue();
        return !Float.isInfinite(nearest) && sameDigits(digits, new BigDecimal(nearest));
    }

    /** Whether the number is whole and fits a long. */
    public static boolean isLong(BigDecimal value) {
        BigDecimal digits = value.stripTrailingZeros();
        return digits.scale() <= 0
                && digits.precision() - digits.scale() <= 19
                && digits.toBigInteger().bitLength() <= 63;
    }

    /** In the middle between two numbers of so many digits, those who print doubles take the even one. */
    private static boolean sameDigits(BigDecimal literal, BigDecimal nearest) {
        MathContext asPrinted = new MathContext(Math.max(1, literal.precision()), RoundingMode.HALF_EVEN);
        return nearest.round(asPrinted).compareTo(literal) == 0;
    }
}

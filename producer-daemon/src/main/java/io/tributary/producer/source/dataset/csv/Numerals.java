package io.tributary.producer.source.dataset.csv;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Which texts are numbers that come back as they were written. A double has two canonical spellings here: with a point
 * always ({@code 1.0}, {@code 2.5}: what most programs print) and with a point only where it is needed ({@code 1},
 * {@code 2.5}: what spreadsheets export). Exponents, plus signs, leading zeros and trailing zeros belong to neither.
 */
final class Numerals {
    private static final String LARGEST = "9223372036854775807";
    private static final String SMALLEST = "-9223372036854775808";
    private static final int ALWAYS_EXACT_DIGITS = 15;
    private static final int MOST_DIGITS = 17;
    private static final int LONGEST = 100;
    private static final long LARGEST_EXACT_WHOLE = 1L << 53;

    private Numerals() {}

    /** Whether the text is a whole number of 64 bits as such a number is printed. */
    static boolean isBigint(String text) {
        int start = text.startsWith("-") ? 1 : 0;
        int digits = text.length() - start;
        if (digits == 0 || digits > 19 || !allDigits(text, start, text.length())) {
            return false;
        }
        if (text.charAt(start) == '0') {
            return digits == 1 && start == 0;
        }
        return digits < 19 || text.compareTo(start == 0 ? LARGEST : SMALLEST) <= 0;
    }

    /** Whether the text is a double in the spelling that always has a point. */
    static boolean isDoubleWithPoint(String text) {
        int point = text.indexOf('.');
        return point > 0
                && isPlainDecimal(text, point)
                && (text.charAt(text.length() - 1) != '0' || text.length() == point + 2)
                && comesBack(text);
    }

    /** Whether the text is a double in the spelling that has a point only where it is needed. */
    static boolean isDoubleWithoutNeedlessPoint(String text) {
        int point = text.indexOf('.');
        if (point < 0) {
            return isBigint(text) && isExactInDouble(Long.parseLong(text));
        }
        return point > 0 && isPlainDecimal(text, point) && text.charAt(text.length() - 1) != '0' && comesBack(text);
    }

    /** Whether the text is a number in JSON's grammar that a double can hold, to whatever precision. */
    static boolean isFiniteJsonNumber(String text) {
        int at = text.startsWith("-") ? 1 : 0;
        int whole = digitsFrom(text, at);
        if (whole == at || (text.charAt(at) == '0' && whole > at + 1)) {
            return false;
        }
        at = whole;
        if (at < text.length() && text.charAt(at) == '.') {
            int fraction = digitsFrom(text, at + 1);
            if (fraction == at + 1) {
                return false;
            }
            at = fraction;
        }
        if (at < text.length() && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
            at++;
            if (at < text.length() && (text.charAt(at) == '+' || text.charAt(at) == '-')) {
                at++;
            }
            int exponent = digitsFrom(text, at);
            if (exponent == at) {
                return false;
            }
            at = exponent;
        }
        return at == text.length() && Double.isFinite(Double.parseDouble(text));
    }

    private static boolean isExactInDouble(long whole) {
        return whole >= -LARGEST_EXACT_WHOLE && whole <= LARGEST_EXACT_WHOLE;
    }

    private static boolean isPlainDecimal(String text, int point) {
        int start = text.startsWith("-") ? 1 : 0;
        return point > start
                && text.length() <= LONGEST
                && point + 1 < text.length()
                && (text.charAt(start) != '0' || point == start + 1)
                && allDigits(text, start, point)
                && allDigits(text, point + 1, text.length());
    }

    /** Whether the decimal, which is plain, is the shortest one that means its double. */
    private static boolean comesBack(String text) {
        if (text.length() <= ALWAYS_EXACT_DIGITS) {
            return true;
        }
        BigDecimal decimal = new BigDecimal(text);
        int digits = decimal.stripTrailingZeros().precision();
        if (digits <= ALWAYS_EXACT_DIGITS) {
            return true;
        }
        if (digits > MOST_DIGITS) {
            return false;
        }
        double value = Double.parseDouble(text);
        BigDecimal exact = new BigDecimal(value);
        BigDecimal shorter = exact.round(new MathContext(digits - 1, RoundingMode.HALF_EVEN));
        return shorter.doubleValue() != value
                && exact.round(new MathContext(digits, RoundingMode.HALF_EVEN)).compareTo(decimal) == 0;
    }

    private static boolean allDigits(String text, int from, int to) {
        return digitsFrom(text, from) >= to;
    }

    private static int digitsFrom(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        return at;
    }
}

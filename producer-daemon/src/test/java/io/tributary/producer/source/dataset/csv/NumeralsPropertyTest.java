package io.tributary.producer.source.dataset.csv;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NumeralsPropertyTest {
    @Property
    void everyPrintedLongIsABigint(@ForAll long value) {
        assertThat(Numerals.isBigint(Long.toString(value))).isTrue();
    }

    @Property
    void noLongWithDecorationIsABigint(@ForAll long value) {
        String digits = Long.toString(value).replace("-", "");
        assertThat(Numerals.isBigint("0" + digits)).isFalse();
        assertThat(Numerals.isBigint("+" + digits)).isFalse();
        assertThat(Numerals.isBigint("-0" + digits)).isFalse();
        assertThat(Numerals.isBigint(digits + " ")).isFalse();
        assertThat(Numerals.isBigint(digits + ".0")).isFalse();
    }

    @Property
    void everyDoubleInItsShortestPlainSpellingComesBack(@ForAll @DoubleRange(min = -1e15, max = 1e15) double value) {
        if (Math.abs(value) < 1e-20) {
            return;
        }
        String shortest = shortest(value);
        assertThat(Numerals.isDoubleWithPoint(shortest) || Numerals.isDoubleWithoutNeedlessPoint(shortest))
                .as(shortest)
                .isTrue();
    }

    @Property
    void whatIsADoubleIsTheOnlySpellingOfItsLength(@ForAll @DoubleRange(min = -1e6, max = 1e6) double value) {
        String shortest = shortest(value);
        if (shortest.contains(".") && !shortest.endsWith(".0")) {
            assertThat(Numerals.isDoubleWithPoint(shortest + "0")).isFalse();
            assertThat(Numerals.isDoubleWithoutNeedlessPoint(shortest + "0")).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                "+1",
                "007",
                "-0",
                "1e5",
                "1E5",
                "NaN",
                "Infinity",
                "1.",
                ".5",
                "1.50",
                "0x10",
                "1_000",
                "1,5",
                " 1",
                "1 ",
                "--1",
                "00",
                "00.5",
                "9223372036854775808",
                "-9223372036854775809",
                "\u0661",
                "0.1000000000000000055",
                "3.14159265358979323846"
            })
    void theseAreText(String text) {
        assertThat(Numerals.isBigint(text)).isFalse();
        assertThat(Numerals.isDoubleWithPoint(text)).isFalse();
        assertThat(Numerals.isDoubleWithoutNeedlessPoint(text)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "10", "9223372036854775807", "-9223372036854775808"})
    void theseAreBigints(String text) {
        assertThat(Numerals.isBigint(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0", "1.0", "100.0", "-2.5", "0.1", "0.30000000000000004", "12345678.5", "-0.5"})
    void theseAreDoublesWithPoint(String text) {
        assertThat(Numerals.isDoubleWithPoint(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.0", "100.0", "9007199254740993", "-9223372036854775808"})
    void theseAreNoDoublesInTheSpellingWithoutNeedlessPoint(String text) {
        assertThat(Numerals.isDoubleWithoutNeedlessPoint(text)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "-0", "1.50", "1e5", "1E+5", "-1.5e-3", "0", "123456789012345678901234567890"})
    void theseAreJsonNumbers(String text) {
        assertThat(Numerals.isFiniteJsonNumber(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "+1", "01", "1.", ".5", "1e", "1e+", "NaN", "Infinity", "1e999", "0x1", "1 "})
    void theseAreNoFiniteJsonNumbers(String text) {
        assertThat(Numerals.isFiniteJsonNumber(text)).isFalse();
    }

    /** The shortest decimal that means the double, without exponent; found by trying, as the platform's is not always. */
    private static String shortest(double value) {
        for (int digits = 1; digits <= 17; digits++) {
            BigDecimal rounded = new BigDecimal(value).round(new MathContext(digits, RoundingMode.HALF_EVEN));
            if (rounded.doubleValue() == value) {
                String plain = rounded.stripTrailingZeros().toPlainString();
                return plain.contains(".") ? plain : plain + ".0";
            }
        }
        throw new AssertionError(value);
    }
}

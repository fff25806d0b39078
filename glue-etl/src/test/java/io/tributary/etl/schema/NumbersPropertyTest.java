package io.tributary.etl.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Scale;

/** Which type keeps all digits of a number. */
class NumbersPropertyTest {
    @Property
    void everyDoubleAsItIsPrintedKeepsItsDigitsInADouble(@ForAll double value) {
        assertThat(Numbers.exactInDouble(new BigDecimal(Double.toString(value))))
                .isTrue();
        assertThat(Numbers.kindOf(Double.toString(value))).isNotEqualTo(Shape.BIG);
    }

    @Property
    void whatIsSaidToKeepItsDigitsGivesThemBack(@ForAll @Scale(20) BigDecimal value) {
        if (Numbers.exactInDouble(value)) {
            int digits = Math.max(1, value.stripTrailingZeros().precision());
            assertThat(new BigDecimal(value.doubleValue()).round(new MathContext(digits, RoundingMode.HALF_EVEN)))
                    .isEqualByComparingTo(value);
        }
    }

    @Property
    void everyLongIsALong(@ForAll long value) {
        assertThat(Numbers.isLong(BigDecimal.valueOf(value))).isTrue();
        assertThat(Numbers.kindOf(value)).isIn(Shape.INT, Shape.LONG, Shape.WIDE);
    }

    @Example
    void shortestFormsOfOtherLanguagesAreExactToo() {
        assertThat(Numbers.kindOf("1.7976931348623157e308")).isEqualTo(Shape.DOUBLE);
        assertThat(Numbers.kindOf("0.30000000000000004")).isEqualTo(Shape.DOUBLE);
        assertThat(Numbers.kindOf("2.5")).isEqualTo(Shape.FLOAT);
        assertThat(Numbers.kindOf("1e3")).isEqualTo(Shape.WHOLE);
    }

    /** The double is 70368768461427.125; Java and Python print it with .12. */
    @Example
    void aDoubleInTheMiddleBetweenTwoNumbersOfItsDigitsKeepsTheEvenOne() {
        assertThat(Numbers.kindOf("7.036876846142712E13")).isEqualTo(Shape.DOUBLE);
        assertThat(Numbers.kindOf("7.036876846142713E13")).isEqualTo(Shape.BIG);
        assertThat(Numbers.kindOf("-1.3290973572493642E15")).isEqualTo(Shape.DOUBLE);
    }

    @Example
    void moreDigitsThanADoubleKeepsAreBig() {
        assertThat(Numbers.kindOf("0.1234567890123456789")).isEqualTo(Shape.BIG);
        assertThat(Numbers.kindOf("1e400")).isEqualTo(Shape.BIG);
        assertThat(Numbers.kindOf("1e99999999999")).isEqualTo(Shape.BIG);
        assertThat(Numbers.kindOf("12345678901234567890")).isEqualTo(Shape.BIG);
    }
}

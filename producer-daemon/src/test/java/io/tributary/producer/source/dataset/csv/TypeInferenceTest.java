package io.tributary.producer.source.dataset.csv;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TypeInferenceTest {
    @Test
    void wholeNumbersAreBigint() {
        assertThat(typeOf("1", null, "-20")).contains(ColumnType.BIGINT);
    }

    @Test
    void leadingZerosMakeText() {
        assertThat(typeOf("1", "007")).contains(ColumnType.TEXT);
    }

    @Test
    void exponentsAndNotANumberMakeText() {
        assertThat(typeOf("1.5", "1e5")).contains(ColumnType.TEXT);
        assertThat(typeOf("1.5", "NaN")).contains(ColumnType.TEXT);
    }

    @Test
    void decimalsInOneSpellingAreDouble() {
        assertThat(typeOf("1.0", "2.5", "100.0")).contains(ColumnType.DOUBLE);
        assertThat(typeOf("1", "2.5", "100")).contains(ColumnType.DOUBLE);
    }

    @Test
    void decimalsInTwoSpellingsAreText() {
        assertThat(typeOf("1", "1.0", "2.5")).contains(ColumnType.TEXT);
        assertThat(typeOf("1.5", "1.50")).contains(ColumnType.TEXT);
    }

    @Test
    void trueAndFalseAreBoolean() {
        assertThat(typeOf("true", "false")).contains(ColumnType.BOOLEAN);
        assertThat(typeOf("true", "True")).contains(ColumnType.TEXT);
        assertThat(typeOf("true", "1")).contains(ColumnType.TEXT);
    }

    @Test
    void anEmptyTextIsText() {
        assertThat(typeOf("1", "")).contains(ColumnType.TEXT);
    }

    @Test
    void nullsTellNothing() {
        assertThat(typeOf(null, null)).isEmpty();
    }

    private static Optional<ColumnType> typeOf(@Nullable String... values) {
        TypeInference inference = new TypeInference();
        for (String value : values) {
            inference.observe(value);
        }
        return inference.type();
    }
}

package io.tributary.producer.source.dataset.csv;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class CsvRowPropertyTest {
    /** A field as it is meant and as it is written. */
    record Written(String value, boolean quoted, String text) {}

    @Property(tries = 3000)
    void fieldsComeBackAsTheyWereWritten(@ForAll("rows") List<List<Written>> rows) {
        String file = rows.stream()
                .map(row -> row.stream().map(Written::text).collect(Collectors.joining(",")) + "\r\n")
                .collect(Collectors.joining());
        assertThat(Rows.read(file.getBytes(UTF_8), UTF_8))
                .isEqualTo(rows.stream()
                        .filter(row -> !(row.size() == 1 && row.get(0).text().isEmpty()))
                        .map(row -> row.stream()
                                .map(field -> field.value().isEmpty() && !field.quoted() ? null : field.value())
                                .toList())
                        .toList());
    }

    @Provide
    Arbitrary<List<List<Written>>> rows() {
        Arbitrary<String> anything = Arbitraries.strings()
                .withChars("ab,\"\n\r ;\\\u00e9\u20ac\u0001")
                .ofMaxLength(6);
        Arbitrary<Written> quoted =
                anything.map(value -> new Written(value, true, '"' + value.replace("\"", "\"\"") + '"'));
        Arbitrary<Written> unquoted = anything.map(value -> value.replaceAll("[,\n\r]", ""))
                .map(value -> value.startsWith("\"") ? "x" + value : value)
                .map(value -> new Written(value, false, value));
        Arbitrary<Written> field = Arbitraries.oneOf(List.of(quoted, unquoted));
        return Combinators.combine(
                        field.list().ofMinSize(1).ofMaxSize(5),
                        field.list().ofMinSize(1).ofMaxSize(5))
                .as(List::of);
    }

    @Example
    void backslashesAreOrdinary() {
        assertThat(read("a\\,\"b\\\"\n")).isEqualTo(List.of(List.of("a\\", "b\\")));
    }

    @Example
    void quotesInsideAnUnquotedFieldAreOrdinary() {
        assertThat(read("5\" disk,a\"\"b,\"c,\"\"d\"\"\",\n"))
                .isEqualTo(List.of(Arrays.asList("5\" disk", "a\"\"b", "c,\"d\"", null)));
    }

    @Example
    void onlyUnquotedEmptyFieldsAreNull() {
        assertThat(read(",\"\"\n")).isEqualTo(List.of(Arrays.asList(null, "")));
    }

    @Example
    void textBehindAClosingQuoteIsRefused() {
        assertThat(read("\"a\"b,c\nd,e\n"))
                .isEqualTo(List.of(
                        List.of("text follows the quote that closes a field; within quotes, a quote is written twice"),
                        List.of("d", "e")));
    }

    @Example
    void bytesThatMeanNothingAreRefusedWithTheirPlace() {
        byte[] bytes = "a,b\nc,caf\u00e9\nd,e\n".getBytes(ISO_8859_1);
        assertThat(Rows.read(bytes, UTF_8))
                .isEqualTo(List.of(
                        List.of("a", "b"), List.of("the bytes are not valid UTF-8, at byte 9"), List.of("d", "e")));
        assertThat(Rows.read(bytes, ISO_8859_1))
                .isEqualTo(List.of(List.of("a", "b"), List.of("c", "caf\u00e9"), List.of("d", "e")));
    }

    @Example
    void nulIsRefused() {
        assertThat(read("a,\0\nb,c\n")).isEqualTo(List.of(List.of("the row holds a NUL character"), List.of("b", "c")));
    }

    private static List<?> read(String file) {
        return Rows.read(file.getBytes(UTF_8), UTF_8);
    }
}

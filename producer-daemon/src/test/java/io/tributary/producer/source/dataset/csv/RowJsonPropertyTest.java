package io.tributary.producer.source.dataset.csv;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;

class RowJsonPropertyTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @Property
    void anyTextComesBackFromTheJson(@ForAll String name, @ForAll String text) throws IOException {
        String sound = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        String soundName = new String(name.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        RowJson json = new RowJson(List.of(text(soundName)), new int[] {0}, column -> {});
        assertThat(MAPPER.readTree(json.value(row(sound))).path(soundName).asText())
                .isEqualTo(sound);
    }

    @Property
    void severalKeyColumnsMakeAnArrayOfTheirTexts(@ForAll String first, @ForAll String second) throws IOException {
        String sound = new String(first.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        String sound2 = new String(second.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        RowJson json = new RowJson(List.of(text("a"), text("b")), new int[] {1, 0}, column -> {});
        JsonNode key = MAPPER.readTree(json.key(row(sound, sound2)));
        assertThat(List.of(key.get(0).asText(), key.get(1).asText())).isEqualTo(List.of(sound2, sound));
    }

    @Example
    void valuesAreTypedAndInTheOrderOfTheHeader() {
        RowJson json = new RowJson(
                List.of(
                        text("t"),
                        new Column("n", ColumnType.BIGINT, Column.Origin.ESTABLISHED),
                        new Column("d", ColumnType.DOUBLE, Column.Origin.ESTABLISHED),
                        new Column("b", ColumnType.BOOLEAN, Column.Origin.ESTABLISHED),
                        text("none")),
                new int[0],
                column -> {});
        assertThat(utf8(json.value(row("007", "7", "1.5", "true", null))))
                .isEqualTo("{\"t\":\"007\",\"n\":7,\"d\":1.5,\"b\":true,\"none\":null}");
        assertThat(json.key(row("007", "7", "1.5", "true", null))).isNull();
    }

    @Example
    void aKeyColumnGivesItsTextAsItIs() {
        RowJson json = new RowJson(
                List.of(new Column("n", ColumnType.BIGINT, Column.Origin.ESTABLISHED)), new int[] {0}, column -> {});
        assertThat(json.key(row("42"))).isEqualTo("42".getBytes(StandardCharsets.UTF_8));
        assertThat(json.key(row((String) null))).isNull();
    }

    @Example
    void aValueThatDoesNotFitIsNamed() {
        RowJson json = new RowJson(
                List.of(text("a"), new Column("n", ColumnType.BIGINT, Column.Origin.ESTABLISHED)),
                new int[0],
                column -> {});
        assertThat(json.problem(row("x", "1.5"))).contains("column 'n' is bigint, and '1.5' is not");
        assertThat(json.problem(row("x"))).contains("the row has 1 field, the header 2");
        assertThat(json.problem(row("x", null))).isEmpty();
    }

    @Example
    void aDeclaredDoubleTakesAnySpellingAndQuotedNothing() {
        RowJson json = new RowJson(
                List.of(new Column("d", ColumnType.DOUBLE, Column.Origin.DECLARED)), new int[0], column -> {});
        assertThat(json.problem(row("1.50"))).isEmpty();
        assertThat(utf8(json.value(row("1.50")))).isEqualTo("{\"d\":1.50}");
        assertThat(utf8(json.value(row("")))).isEqualTo("{\"d\":null}");
        assertThat(json.problem(row("NaN"))).contains("column 'd' is double, and 'NaN' is not");
    }

    @Example
    void aColumnOfUnknownTypeBecomesTextWithItsFirstValue() {
        List<String> became = new ArrayList<>();
        RowJson json =
                new RowJson(List.of(new Column("u", ColumnType.TEXT, Column.Origin.UNKNOWN)), new int[0], became::add);
        assertThat(utf8(json.value(row((String) null)))).isEqualTo("{\"u\":null}");
        assertThat(became).isEmpty();
        assertThat(utf8(json.value(row("1")))).isEqualTo("{\"u\":\"1\"}");
        assertThat(became).isEqualTo(List.of("u"));
    }

    private static Column text(String name) {
        return new Column(name, ColumnType.TEXT, Column.Origin.ESTABLISHED);
    }

    private static CsvRow.Fields row(@Nullable String... values) {
        CsvRow.Fields fields = new CsvRow.Fields();
        fields.set(values);
        return fields;
    }

    private static String utf8(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}

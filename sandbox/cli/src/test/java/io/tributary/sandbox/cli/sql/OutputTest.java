package io.tributary.sandbox.cli.sql;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutputTest {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Answer ANSWER = new Answer(
            List.of(
                    new Answer.Column("id", "bigint"),
                    new Answer.Column("name, or so", "varchar"),
                    new Answer.Column("price", "decimal(10,2)")),
            List.of(
                    List.of(JSON.numberNode(7), JSON.textNode("plain"), JSON.numberNode(new BigDecimal("1.50"))),
                    List.of(JSON.numberNode(12), JSON.textNode("a \"b\",\nc"), JSON.nullNode()),
                    List.of(JSON.numberNode(3), JSON.textNode(""), JSON.numberNode(new BigDecimal("2")))));

    @Test
    void aTableAlignsNumbersToTheRight() {
        assertThat(Output.TABLE.print(ANSWER)).isEqualTo("""
                        id  name, or so  price
                         7  plain         1.50
                        12  a "b", | c    NULL
                         3                   2
                        (3 rows)
                        """);
    }

    @Test
    void csvQuotesWhatNeedsItAndTellsNullFromEmpty() {
        assertThat(Output.CSV.print(ANSWER)).isEqualTo("""
                        id,"name, or so",price
                        7,plain,1.50
                        12,"a ""b"",
                        c",
                        3,"",2
                        """);
    }

    @Test
    void jsonIsAnArrayOfObjects() throws Exception {
        assertThat(new ObjectMapper().readTree(Output.JSON.print(ANSWER))).isEqualTo(new ObjectMapper().readTree("""
                                [{"id":7,"name, or so":"plain","price":1.50},
                                 {"id":12,"name, or so":"a \\"b\\",\\nc","price":null},
                                 {"id":3,"name, or so":"","price":2}]
                                """));
    }

    @Test
    void aNameThatComesTwiceIsToldApartInJson() {
        Answer answer = new Answer(
                List.of(
                        new Answer.Column("n", "bigint"),
                        new Answer.Column("n", "bigint"),
                        new Answer.Column("n_2", "bigint"),
                        new Answer.Column("n", "bigint")),
                List.of(List.of(JSON.numberNode(1), JSON.numberNode(2), JSON.numberNode(3), JSON.numberNode(4))));

        assertThat(Output.NDJSON.print(answer)).isEqualTo("{\"n\":1,\"n_3\":2,\"n_2\":3,\"n_4\":4}\n");
    }

    @Test
    void aTableShowsNothingThatATerminalWouldObey() {
        Answer answer = new Answer(
                List.of(new Answer.Column("t", "varchar")), List.of(List.of(JSON.textNode("red \u001b[31m\u0007"))));

        assertThat(Output.TABLE.print(answer)).isEqualTo("t\nred \uFFFD[31m\uFFFD\n(1 row)\n");
    }

    @Test
    void ndjsonIsAnObjectALine() {
        assertThat(Output.NDJSON.print(ANSWER)).isEqualTo("""
                        {"id":7,"name, or so":"plain","price":1.50}
                        {"id":12,"name, or so":"a \\"b\\",\\nc","price":null}
                        {"id":3,"name, or so":"","price":2}
                        """);
    }

    @Test
    void jsonOfNothingIsAnEmptyArray() throws Exception {
        assertThat(new ObjectMapper().readTree(Output.JSON.print(new Answer(ANSWER.columns(), List.of()))))
                .isEmpty();
    }

    @Test
    void aRefusedQueryShowsWhere() {
        assertThat(new QueryFailure("COLUMN_NOT_FOUND", "line 2:8: Column 'nme' cannot be resolved", 2, 8)
                        .lines("SELECT id,\n       nme\nFROM t"))
                .containsExactly("line 2:8: Column 'nme' cannot be resolved", "         nme", "         ^");
    }

    @Test
    void aFailureWithoutAPlaceIsOnlyItsMessage() {
        assertThat(new QueryFailure("DIVISION_BY_ZERO", "Division by zero", 0, 0).lines("SELECT 1/0"))
                .containsExactly("Division by zero");
    }
}

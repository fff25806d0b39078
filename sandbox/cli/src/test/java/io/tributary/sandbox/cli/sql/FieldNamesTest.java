package io.tributary.sandbox.cli.sql;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class FieldNamesTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String BIGINT = "{\"rawType\":\"bigint\",\"arguments\":[]}";

    @Test
    void aRowIsAnObjectAndSoAreRowsInArraysMapsAndRows() throws JsonProcessingException {
        String point = row(field("x", BIGINT), field("y", BIGINT));

        assertThat(in(point, "[1,2]")).isEqualTo("{\"x\":1,\"y\":2}");
        assertThat(in(list("array", point), "[[1,2],null,[3,null]]"))
                .isEqualTo("[{\"x\":1,\"y\":2},null,{\"x\":3,\"y\":null}]");
        assertThat(in(list("map", BIGINT, point), "{\"7\":[1,2]}")).isEqualTo("{\"7\":{\"x\":1,\"y\":2}}");
        assertThat(in(row(field("at", point), field("n", BIGINT)), "[[1,2],3]"))
                .isEqualTo("{\"at\":{\"x\":1,\"y\":2},\"n\":3}");
    }

    @Test
    void aFieldWithoutANameIsNamedByItsPlaceAndNoneHidesAnother() throws JsonProcessingException {
        String nameless = "{\"kind\":\"NAMED_TYPE\",\"value\":{\"typeSignature\":" + BIGINT + "}}";

        assertThat(in(row(nameless, field("n", BIGINT), nameless), "[1,2,3]"))
                .isEqualTo("{\"field0\":1,\"n\":2,\"field2\":3}");
        assertThat(in(row(nameless, field("field0", BIGINT), field("n", BIGINT), field("n", BIGINT)), "[1,2,3,4]"))
                .isEqualTo("{\"field0\":1,\"field0_2\":2,\"n\":3,\"n_2\":4}");
    }

    @Test
    void whatHasNoFieldsStaysAsItIs() throws JsonProcessingException {
        assertThat(in(BIGINT, "1")).isEqualTo("1");
        assertThat(in(list("array", BIGINT), "[1,2]")).isEqualTo("[1,2]");
        assertThat(in(row(field("x", BIGINT)), "null")).isEqualTo("null");
    }

    private static String in(String signature, String value) throws JsonProcessingException {
        JsonNode named = FieldNames.of(MAPPER.readTree(signature)).apply(MAPPER.readTree(value));
        return named.toString();
    }

    private static String row(String... fields) {
        return "{\"rawType\":\"row\",\"arguments\":[" + String.join(",", fields) + "]}";
    }

    private static String field(String name, String type) {
        return "{\"kind\":\"NAMED_TYPE\",\"value\":{\"fieldName\":{\"name\":\"" + name + "\"},\"typeSignature\":" + type
                + "}}";
    }

    private static String list(String raw, String... types) {
        StringBuilder arguments = new StringBuilder();
        for (String type : types) {
            arguments.append(arguments.isEmpty() ? "" : ",").append("{\"kind\":\"TYPE\",\"value\":" + type + "}");
        }
        return "{\"rawType\":\"" + raw + "\",\"arguments\":[" + arguments + "]}";
    }
}

package io.tributary.producer.source.dataset.ndjson;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JsonLineTest {
    @Test
    void anObjectIsARecord() {
        assertThat(problem(" {\"a\":1} ")).isEmpty();
    }

    @Test
    void whatIsNoJsonIsSaidSo() {
        assertThat(problem("not json")).isEqualTo("the line is no JSON: the value is not JSON in UTF-8, at byte 1");
        assertThat(problem("{\"a\":NaN}")).startsWith("the line is no JSON: ");
        assertThat(problem("{} {}")).isEqualTo("the line is no JSON: more follows the JSON value, at byte 3");
    }

    @Test
    void jsonThatIsNoObjectIsSaidSo() {
        assertThat(problem("[1]")).isEqualTo("the line is JSON, but no object");
        assertThat(problem("null")).isEqualTo("the line is JSON, but no object");
    }

    @Test
    void aKeyIsTheTextOfItsMember() {
        assertThat(key("{\"a\":\"x\",\"b\":2}", "a")).isEqualTo("x");
        assertThat(key("{\"a\":\"x\",\"b\":2.50}", "b")).isEqualTo("2.50");
        assertThat(key("{\"a\":{\"b\":1},\"b\":true}", "b")).isEqualTo("true");
        assertThat(key("{\"a\":{\"b\": 1}}", "a")).isEqualTo("{\"b\":1}");
        assertThat(key("{\"a\":null}", "a")).isNull();
        assertThat(key("{}", "a")).isNull();
    }

    @Test
    void severalKeysAreAnArrayOfTexts() {
        assertThat(key("{\"a\":1,\"b\":\"y\"}", "b", "a", "c")).isEqualTo("[\"y\",\"1\",null]");
    }

    @Test
    void noKeyColumnsMeanNoKey() {
        assertThat(key("{\"a\":1}")).isNull();
    }

    private static String problem(String line) {
        return JsonLine.problem(line.getBytes(UTF_8)).orElse("");
    }

    private static @Nullable String key(String line, String... columns) {
        byte[] key = new JsonLine(List.of(columns)).key(line.getBytes(UTF_8));
        return key == null ? null : new String(key, UTF_8);
    }
}

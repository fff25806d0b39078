package io.tributary.producer.source.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tributary.producer.source.SourceItem;
import io.tributary.producer.source.SourceState;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvSpectrumTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "comma_in_quotes",
                "empty",
                "empty_crlf",
                "escaped_quotes",
                "json",
                "newlines",
                "newlines_crlf",
                "quotes_and_newlines",
                "simple",
                "simple_crlf",
                "utf8"
            })
    void filesReadAsTheirJsonSays(String name) throws Exception {
        Drained drained =
                Drained.from(Datasets.of(resource("csvs/" + name + ".csv")).source(), SourceState.beginning());
        List<Map<String, String>> rows = new ArrayList<>();
        for (SourceItem.Row row : drained.rows()) {
            rows.add(texts(MAPPER.readTree(row.value())));
        }
        List<Map<String, String>> expected = new ArrayList<>();
        for (JsonNode row : MAPPER.readTree(resource("json/" + name + ".json").toFile())) {
            expected.add(texts(row));
        }
        assertThat(rows).isEqualTo(expected);
        assertThat(drained.rejects()).isEmpty();
    }

    private static Map<String, String> texts(JsonNode row) {
        Map<String, String> texts = new LinkedHashMap<>();
        row.properties()
                .forEach(field -> texts.put(field.getKey(), field.getValue().asText()));
        return texts;
    }

    private static Path resource(String name) throws URISyntaxException, IOException {
        return Path.of(Objects.requireNonNull(CsvSpectrumTest.class.getResource("/csv-spectrum/" + name))
                .toURI());
    }
}

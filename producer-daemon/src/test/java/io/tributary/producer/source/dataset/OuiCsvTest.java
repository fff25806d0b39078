package io.tributary.producer.source.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tributary.producer.source.SourceItem;
import io.tributary.producer.source.SourceState;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The public-domain list of vendors' addresses, messy as such lists are, read as Python's csv module reads it. It comes
 * with Debian's package ieee-data; {@code -Dtributary.oui=FILE} names it elsewhere.
 */
class OuiCsvTest {
    private static final Path FILE = Path.of(System.getProperty("tributary.oui", "/usr/share/ieee-data/oui.csv"));
    private static final String PYTHON = """
            import csv, json, sys
            with open(sys.argv[1], newline='', encoding='utf-8') as f:
                for row in csv.DictReader(f):
                    print(json.dumps(row))
            """;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @Test
    void everyFieldIsAsPythonReadsIt() throws Exception {
        assumeTrue(Files.exists(FILE), "SKIPPED: " + FILE + " is not there; install Debian's ieee-data to run this");
        assumeTrue(hasPython(), "SKIPPED: there is no python3 to compare with");
        List<JsonNode> expected = python();
        Drained drained = Drained.from(Datasets.of(FILE).source(), SourceState.beginning());
        List<JsonNode> rows = new ArrayList<>();
        for (SourceItem.Row row : drained.rows()) {
            rows.add(MAPPER.readTree(row.value()));
        }
        assertThat(drained.rejects()).isEmpty();
        assertThat(rows).hasSameSizeAs(expected).hasSizeGreaterThan(30_000);
        for (int at = 0; at < rows.size(); at++) {
            assertThat(fields(rows.get(at))).isEqualTo(fields(expected.get(at)));
        }
    }

    private static List<String> fields(JsonNode row) {
        List<String> fields = new ArrayList<>();
        row.properties()
                .forEach(field -> fields.add(field.getKey() + "="
                        + (field.getValue().isNull() ? "" : field.getValue().asText())));
        return fields;
    }

    private static boolean hasPython() throws InterruptedException {
        try {
            return new ProcessBuilder("python3", "--version").start().waitFor() == 0;
        } catch (IOException notInstalled) {
            return false;
        }
    }

    private static List<JsonNode> python() throws IOException, InterruptedException {
        Process python = new ProcessBuilder("python3", "-c", PYTHON, FILE.toString()).start();
        List<JsonNode> rows = new ArrayList<>();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(python.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                rows.add(MAPPER.readTree(line));
            }
        }
        assertThat(python.waitFor()).isZero();
        return rows;
    }
}

package io.tributary.daemon.metrics.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class MetricReferenceTest {
    private static final String WRITE = "tributary.write-docs";

    @Test
    void committedPageIsWhatTheCodeDeclares() throws IOException {
        assertCurrent("docs/metrics.md", MetricReference.markdown());
    }

    @Test
    void committedListIsWhatTheCodeDeclares() throws IOException {
        assertCurrent("docs/metrics.json", MetricReference.json());
    }

    @Test
    void listIsJsonWithEveryPublishedMetric() throws IOException {
        JsonNode programs = new ObjectMapper().readTree(MetricReference.json()).path("programs");
        for (Program program : Program.values()) {
            assertThat(programs.path(program.label()).findValuesAsText("name"))
                    .isEqualTo(program.published().stream()
                            .map(spec -> spec.published().orElseThrow())
                            .toList());
        }
    }

    private static void assertCurrent(String path, String content) throws IOException {
        Path file = Path.of(System.getProperty("tributary.root", "..")).resolve(path);
        if (Boolean.getBoolean(WRITE)) {
            Files.writeString(file, content);
        }
        assertThat(file)
                .as(path + " is not what the code says: write it anew with 'mvn -D" + WRITE
                        + "=true -pl common -Dtest=MetricReferenceTest test'")
                .hasContent(content);
    }
}

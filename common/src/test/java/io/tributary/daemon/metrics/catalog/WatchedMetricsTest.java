package io.tributary.daemon.metrics.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Terraform's alarms and its dashboard beside the list of what the programs send. Needs no Terraform. */
class WatchedMetricsTest {
    private static final Path ROOT = Path.of(System.getProperty("tributary.root", ".."));
    private static final Path MODULE = ROOT.resolve("terraform/modules/observability");
    private static final String OUR_PROGRAMS = "(producer|consumer|etl)";
    /** A metric of ours, as alarms name it and, spread over topics, as the dashboard does. */
    private static final Pattern USE = Pattern.compile("local\\.(?:metrics|own)\\." + OUR_PROGRAMS + "\\.(\\w+)");

    private static final Pattern ALARM = Pattern.compile(
            "metric(?:_name)?\\s*=\\s*local\\.metrics\\." + OUR_PROGRAMS + "\\.(\\w+).*?statistic\\s*=\\s*\"(\\w+)\"",
            Pattern.DOTALL);
    private static final Pattern WIDGET = Pattern.compile("\\{ title = .*stat = \"(\\w+)\", metrics = (.*) },");
    private static final Map<String, Set<String>> STATISTICS = Map.of(
            "counter", Set.of("Sum"),
            "gauge", Set.of("Maximum", "Minimum", "Average"),
            "latency", Set.of("p99"));

    private final JsonNode named = read(MODULE.resolve("metrics.tf.json")).path("locals");
    private final JsonNode sent = read(ROOT.resolve("docs/metrics.json")).path("programs");

    /**
     * A metric and how it is asked for.
     *
     * @param program what Terraform calls the program
     * @param key     what Terraform calls the metric
     */
    private record Question(String program, String key, String statistic) {}

    @Test
    void whatTerraformNamesIsSentByTheProgramItNames() {
        Map<String, String> programs = new TreeMap<>();
        named.path("services")
                .properties()
                .forEach(one -> programs.put(one.getKey(), one.getValue().asText()));
        assertThat(programs.values()).containsExactlyInAnyOrderElementsOf(fieldNames(sent));
        programs.forEach((key, program) -> assertThat(sent.path(program).findValuesAsText("name"))
                .as(program)
                .containsAll(texts(named.path("metrics").path(key))));
    }

    @Test
    void alarmsAndDashboardTakeTheirNamesFromThere() throws IOException {
        Set<String> used = new TreeSet<>();
        for (String text : files()) {
            Matcher use = USE.matcher(text);
            while (use.find()) {
                used.add(use.group(1) + "." + use.group(2));
            }
            assertThat(text)
                    .as("a metric of ours that is named where it is used")
                    .doesNotContainPattern("namespace\\s*=\\s*var\\.namespace,\\s*metric\\s*=\\s*\"")
                    .doesNotContainPattern("\\[\\s*var\\.namespace\\s*,\\s*\"");
        }
        Set<String> there = new TreeSet<>();
        for (String program : fieldNames(named.path("services"))) {
            fieldNames(named.path("metrics").path(program)).forEach(key -> there.add(program + "." + key));
        }
        assertThat(used).isEqualTo(there);
    }

    @Test
    void eachIsAskedForAsItsKindCanAnswer() throws IOException {
        List<Question> questions = new ArrayList<>();
        for (String text : files()) {
            Matcher alarm = ALARM.matcher(text);
            while (alarm.find()) {
                questions.add(new Question(alarm.group(1), alarm.group(2), alarm.group(3)));
            }
            Matcher widget = WIDGET.matcher(text);
            while (widget.find()) {
                Matcher use = USE.matcher(widget.group(2));
                while (use.find()) {
                    questions.add(new Question(use.group(1), use.group(2), widget.group(1)));
                }
            }
        }
        // Else the module was written anew and this test reads nothing of it.
        assertThat(questions).hasSizeGreaterThan(30);
        assertThat(questions)
                .allSatisfy(question -> assertThat(question.statistic())
                        .as(question.toString())
                        .isIn(STATISTICS.getOrDefault(kind(question), Set.of())));
    }

    private String kind(Question question) {
        String program = named.path("services").path(question.program()).asText();
        String name = named.path("metrics")
                .path(question.program())
                .path(question.key())
                .asText();
        for (JsonNode metric : sent.path(program)) {
            if (metric.path("name").asText().equals(name)) {
                return metric.path("kind").asText();
            }
        }
        return "unknown";
    }

    private static List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(MODULE)) {
            return files.filter(file -> file.toString().endsWith(".tf"))
                    .map(WatchedMetricsTest::text)
                    .toList();
        }
    }

    private static List<String> fieldNames(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static List<String> texts(JsonNode object) {
        List<String> texts = new ArrayList<>();
        object.elements().forEachRemaining(element -> texts.add(element.asText()));
        return texts;
    }

    private static JsonNode read(Path file) {
        try {
            return new ObjectMapper().readTree(text(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

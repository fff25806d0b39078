package io.tributary.daemon.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConfigReaderTest {
    private enum Mode {
        APPEND,
        UPSERT
    }

    private record Table(String topic, Mode mode) {}

    private record Settings(
            String bucket,
            Duration age,
            long bytes,
            Optional<Secret> password,
            List<String> topics,
            Map<String, String> client,
            List<Table> tables) {
        static Settings read(ConfigSection root) {
            ConfigSection roll = root.section("roll");
            return new Settings(
                    root.text("bucket").doc("Where objects go.").required(),
                    roll.duration("max-age")
                            .doc("Longest wait.")
                            .between(Duration.ofMillis(100), Duration.ofHours(1))
                            .orDefault("60s"),
                    roll.size("max-bytes").doc("Largest object.").orDefault("64MiB"),
                    root.secret("password").doc("Hidden.").optional(),
                    root.texts("topics").doc("What to read.").orDefault(""),
                    root.map("client", "Passed on."),
                    root.sections(
                            "tables",
                            "What to merge.",
                            table -> new Table(
                                    table.text("topic").doc("From.").required(),
                                    table.choice("mode", Mode.class).doc("How.").orDefault("append"))));
        }
    }

    @Test
    void defaultsStandInForWhatIsAbsent() throws Exception {
        Settings settings = parse("bucket = b", Map.of());
        assertThat(settings)
                .isEqualTo(new Settings(
                        "b", Duration.ofSeconds(60), 64 << 20, Optional.empty(), List.of(), Map.of(), List.of()));
    }

    @Test
    void everyKeyIsRead() throws Exception {
        Settings settings = parse("""
                bucket = b
                roll { max-age = 500ms, max-bytes = 1kB }
                password = hush
                topics = [a, "b c"]
                client { security.protocol = SSL, retries = 3 }
                tables = [{ topic = t, mode = upsert }, { topic = u }]
                """, Map.of());
        assertThat(settings)
                .isEqualTo(new Settings(
                        "b",
                        Duration.ofMillis(500),
                        1000,
                        Optional.of(new Secret("hush")),
                        List.of("a", "b c"),
                        Map.of("security.protocol", "SSL", "retries", "3"),
                        List.of(new Table("t", Mode.UPSERT), new Table("u", Mode.APPEND))));
        assertThat(settings.toString()).doesNotContain("hush");
    }

    @Test
    void environmentWinsOverTheFile() throws Exception {
        Settings settings = parse(
                "bucket = b, roll.max-age = 1s",
                Map.of("TRIBUTARY_ROLL_MAX_AGE", "2s", "TRIBUTARY_TOPICS", "x, y", "PATH", "/bin"));
        assertThat(settings.age()).isEqualTo(Duration.ofSeconds(2));
        assertThat(settings.topics()).containsExactly("x", "y");
    }

    @Test
    void fiveMistakesAreNamedAtOnceEachWithItsPathAndOrigin() {
        ConfigException failure =
                catchThrowableOfType(ConfigException.class, () -> parse("""
                        roll { max-age = 2h, max-bites = 3 }
                        topics = { a = 1 }
                        tables = [{ mode = replace, topic = t, keys = x }]
                        """, Map.of("TRIBUTARY_BUKET", "b")));
        assertThat(failure).hasMessage("""
                        7 problems in the configuration:
                          bucket: must be set: text (not set)
                          roll.max-age: must be from 100ms to 3600s, but is 7200s (test.conf: 1)
                          topics: expected a list of texts [ ... ], found a group of keys (test.conf: 2)
                          tables[0].mode: expected one of append | upsert, found 'replace' (test.conf: 3)
                          tables[0].keys: there is no such key (test.conf: 3)
                          roll.max-bites: there is no such key; did you mean 'roll.max-bytes'? (test.conf: 1)
                          TRIBUTARY_BUKET overrides no key of this program (environment)""");
    }

    @Test
    void whatIsNoListIsNotCalledOne() {
        assertThatThrownBy(() -> parse("bucket = b, topics = 5", Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessageEndingWith("topics: expected a list of texts [ ... ], found a number (test.conf: 1)");
    }

    @Test
    void textThatIsNoHoconIsRefusedWithItsLine() {
        assertThatThrownBy(() -> parse("bucket = {", Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("1 problem in the configuration:\n  test.conf: 1: ");
    }

    @Test
    void fileThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> ConfigReader.load(Path.of("no", "such.conf"), Map.of(), Settings::read))
                .isInstanceOf(ConfigException.class)
                .hasMessage("1 problem in the configuration:\n  the config file does not exist (no/such.conf)");
    }

    @Test
    void referenceIsWrittenFromTheShape() {
        assertThat(ConfigReference.markdown("demo", Settings::read))
                .contains("| `roll.max-age` | duration | 60s | Longest wait. | `TRIBUTARY_ROLL_MAX_AGE` |")
                .contains("| `tables[].mode` | append \\| upsert | append | How. |  |");
    }

    private static Settings parse(String text, Map<String, String> environment) throws ConfigException {
        return ConfigReader.parse(text, "test.conf", environment, Settings::read);
    }
}

package io.tributary.etl.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.daemon.config.ConfigException;
import io.tributary.daemon.config.ConfigReader;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the configuration refuses: all of it at once. */
class MergeConfigTest {
    private static final String BASE = """
            staging.uri = "s3://b/s"
            catalog.properties { type = glue, warehouse = "s3://b/lake" }
            """;

    @Test
    void tablesThatAreInOneAnothersWayAreAllNamed() {
        assertThatThrownBy(() -> read("""
                        tables = [{ topic = t.rejected }, { topic = t }, { topic = t, table = x }, { topic = y, table = x }
                          { topic = z, table = rejected }]
                        """))
                .isInstanceOf(ConfigException.class)
                .hasMessageContainingAll(
                        "topic 't.rejected' carries what the sources of another table's topic refused; it goes to the"
                                + " rejected-table by itself",
                        "topic 't' feeds two tables",
                        "table 'x' is named twice",
                        "table 'rejected' is the rejected-table; choose another name");
    }

    @Test
    void stagingIsNotRetainedForLessThanSnapshots() throws ConfigException {
        assertThatThrownBy(() -> read("""
                        tables = [{ topic = t }, { topic = t }]
                        staging.retention = 6d
                        """))
                .isInstanceOf(ConfigException.class)
                .hasMessageContainingAll(
                        "topic 't' feeds two tables",
                        "staging.retention: must not be shorter than maintenance.retain-snapshots: a snapshot cannot be"
                                + " rolled back to when its last merged link is deleted");
        assertThat(read("tables = [{ topic = t }], staging.retention = 7d").stagingRetention())
                .contains(Duration.ofDays(7));
        assertThat(read("""
                        tables = [{ topic = t }]
                        staging.retention = 2h
                        maintenance.enabled = false
                        """).stagingRetention()).contains(Duration.ofHours(2));
    }

    private static MergeConfig read(String tables) throws ConfigException {
        return ConfigReader.parse(BASE + tables, "test", Map.of(), MergeConfig::read);
    }
}

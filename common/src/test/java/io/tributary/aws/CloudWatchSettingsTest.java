package io.tributary.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.daemon.config.ConfigException;
import io.tributary.daemon.config.ConfigReader;
import io.tributary.daemon.metrics.catalog.Program;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CloudWatchSettingsTest {
    @Test
    void nothingIsSentUnlessAskedFor() throws ConfigException {
        CloudWatchSettings settings = read("");
        assertThat(settings.enabled()).isFalse();
        assertThat(settings.namespace()).isEqualTo("Tributary");
        assertThat(settings.service()).isEqualTo("producer-daemon");
        assertThat(settings.period()).isEqualTo(Duration.ofMinutes(1));
        assertThat(settings.backlog()).isEqualTo(Duration.ofHours(3));
    }

    @Test
    void everythingThatIsWrongIsToldAtOnce() {
        assertThatThrownBy(
                        () -> read(
                                "cloudwatch { enabled = true, namespace = AWS/Kafka, period = 0s, topic = \":x\", dimension = y }"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("cloudwatch.environment")
                .hasMessageContaining("must be set where metrics go to CloudWatch: it keeps two apart")
                .hasMessageContaining("must be 1 to 255 letters, digits and .-_/#, and not begin with AWS/")
                .hasMessageContaining("must be from 1s to 300s")
                .hasMessageContaining("the first neither ':' nor a space")
                .hasMessageContaining("cloudwatch.dimension");
    }

    private static CloudWatchSettings read(String text) throws ConfigException {
        return ConfigReader.parse(
                text,
                "test.conf",
                Map.of(),
                root -> CloudWatchSettings.read(root.section("cloudwatch"), Program.PRODUCER));
    }
}

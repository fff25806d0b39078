package io.tributary.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.daemon.config.ConfigReader;
import io.tributary.daemon.metrics.MetricUnit;
import io.tributary.daemon.metrics.catalog.Program;
import io.tributary.daemon.metrics.report.Datum;
import io.tributary.daemon.metrics.report.Datum.Distribution;
import io.tributary.daemon.metrics.report.Datum.Statistics;
import io.tributary.daemon.metrics.report.MetricSinkException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.services.cloudwatch.model.MetricDatum;
import software.amazon.awssdk.services.cloudwatch.model.StandardUnit;

class CloudWatchSinkTest {
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    private static final Datum COUNTED =
            new Datum("RecordsStaged", MetricUnit.COUNT, NOON, new Statistics(2, 30, 10, 20));

    @BeforeAll
    static void setKeys() {
        System.setProperty("aws.accessKeyId", "test");
        System.setProperty("aws.secretAccessKey", "test");
    }

    @AfterAll
    static void removeKeys() {
        System.clearProperty("aws.accessKeyId");
        System.clearProperty("aws.secretAccessKey");
    }

    @Test
    void aDatumHasItsNameUnitTimeAndTheOneSetOfDimensions() throws Exception {
        try (CloudWatchSink sink = sink(URI.create("http://127.0.0.1:1"))) {
            MetricDatum datum = sink.metricDatum(COUNTED);
            assertThat(datum.metricName()).isEqualTo("RecordsStaged");
            assertThat(datum.unit()).isEqualTo(StandardUnit.COUNT);
            assertThat(datum.timestamp()).isEqualTo(NOON);
            assertThat(datum.storageResolution()).isEqualTo(60);
            assertThat(datum.dimensions())
                    .extracting(dimension -> dimension.name() + "=" + dimension.value())
                    .containsExactly("Service=consumer-daemon", "Env=test", "Topic=a+b");
            assertThat(datum.statisticValues().sampleCount()).isEqualTo(2);
            assertThat(datum.statisticValues().sum()).isEqualTo(30);
            assertThat(datum.statisticValues().minimum()).isEqualTo(10);
            assertThat(datum.statisticValues().maximum()).isEqualTo(20);
            assertThat(datum.hasValues()).isFalse();
        }
    }

    @Test
    void durationsAreValuesWithTheirCounts() throws Exception {
        try (CloudWatchSink sink = sink(URI.create("http://127.0.0.1:1"))) {
            MetricDatum datum = sink.metricDatum(new Datum(
                    "StagingLatency",
                    MetricUnit.MILLISECONDS,
                    NOON,
                    new Distribution(List.of(1.0, 2.0), List.of(3.0, 4.0))));
            assertThat(datum.values()).containsExactly(1.0, 2.0);
            assertThat(datum.counts()).containsExactly(3.0, 4.0);
            assertThat(datum.statisticValues()).isNull();
        }
    }

    @Test
    void everyUnitIsOneOfCloudWatchs() {
        assertThat(MetricUnit.values())
                .allSatisfy(unit -> assertThat(StandardUnit.fromValue(unit.label()))
                        .isNotEqualTo(StandardUnit.UNKNOWN_TO_SDK_VERSION));
    }

    @Test
    void aServerThatIsNotThereIsWorthAskingAgain() throws Exception {
        try (CloudWatchSink sink = sink(URI.create("http://127.0.0.1:1"))) {
            assertThatThrownBy(() -> sink.put(List.of(COUNTED)))
                    .isInstanceOfSatisfying(
                            MetricSinkException.class,
                            failed -> assertThat(failed.isRefused()).isFalse())
                    .hasMessageStartingWith("CloudWatch does not answer: ");
        }
    }

    /** It takes connections and says nothing: the worst that can happen to a client. */
    @Test
    @Timeout(60)
    void aServerThatSaysNothingIsGivenUpWithinSeconds() throws Exception {
        try (ServerSocket hole = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                CloudWatchSink sink = sink(URI.create("http://127.0.0.1:" + hole.getLocalPort()))) {
            assertThatThrownBy(() -> sink.put(List.of(COUNTED)))
                    .isInstanceOfSatisfying(
                            MetricSinkException.class,
                            failed -> assertThat(failed.isRefused()).isFalse())
                    .hasMessageStartingWith("CloudWatch does not answer: ");
        }
    }

    @Test
    @Timeout(60)
    void closingEndsAPutThatStillWaits() throws Exception {
        try (ServerSocket hole = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                CloudWatchSink sink = sink(URI.create("http://127.0.0.1:" + hole.getLocalPort()))) {
            AtomicReference<Throwable> failure = new AtomicReference<>();
            Thread caller = new Thread(() -> {
                try {
                    sink.put(List.of(COUNTED));
                } catch (MetricSinkException failed) {
                    failure.set(failed);
                }
            });
            caller.start();
            try (Socket held = hole.accept()) {
                assertThat(held.isConnected()).isTrue();
                sink.close();
                caller.join();
            }
            assertThat(failure.get()).isInstanceOf(MetricSinkException.class);
        }
    }

    @Test
    void topicsAreOneDimensionWhateverTheirOrderAndLength() {
        assertThat(CloudWatchReporting.topic(List.of("b", "a"))).isEqualTo("a+b");
        assertThat(CloudWatchReporting.topic(List.of("x".repeat(200), "y".repeat(200))))
                .hasSize(255);
    }

    private static CloudWatchSink sink(URI endpoint) throws Exception {
        CloudWatchSettings settings = ConfigReader.parse(
                "cloudwatch { enabled = true, environment = test, region = eu-central-1, endpoint = \"" + endpoint
                        + "\" }",
                "test.conf",
                Map.of(),
                root -> CloudWatchSettings.read(root.section("cloudwatch"), Program.CONSUMER));
        return CloudWatchSink.open(settings, "a+b");
    }
}

package io.tributary.etl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tributary.daemon.config.ConfigException;
import io.tributary.daemon.config.ConfigReader;
import io.tributary.daemon.metrics.Metrics;
import io.tributary.daemon.metrics.catalog.MergeMetric;
import io.tributary.daemon.metrics.catalog.Program;
import io.tributary.etl.config.MergeConfig;
import io.tributary.etl.merge.TableReport;
import io.tributary.etl.table.Counts;
import io.tributary.etl.table.Watermark;
import io.tributary.testing.CloudWatch;
import io.tributary.testing.MotoServer;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunMetricsTest {
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    private static final MergeReport REPORT = new MergeReport(
            List.of(
                    table("flights", "append", new Counts(100, 90, 0, 0, 0, 10, 0), NOW.minusSeconds(90)),
                    table("rejected", TableReport.REJECTS, new Counts(5, 5, 0, 0, 0, 0, 0), NOW.minusSeconds(30))),
            List.of(),
            7.5);

    @TempDir
    private Path folder = Path.of("");

    @BeforeEach
    void setKeys() {
        System.setProperty("aws.accessKeyId", "test");
        System.setProperty("aws.secretAccessKey", "test");
    }

    @AfterEach
    void removeKeys() {
        System.clearProperty("aws.accessKeyId");
        System.clearProperty("aws.secretAccessKey");
    }

    @Test
    void aRunIsTheSumOfItsTables() {
        Metrics metrics = RunMetrics.of(Optional.of(REPORT), () -> NOW);
        assertThat(values(metrics))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "RunsSucceeded", 1.0,
                        "RunsFailed", 0.0,
                        "TablesFailed", 0.0,
                        "RecordsMerged", 100.0,
                        "RecordsRejected", 15.0,
                        "LinksMerged", 6.0,
                        "SnapshotsPublished", 2.0,
                        "RunDuration", 7.5,
                        "OldestRecordAge", 90.0));
    }

    @Test
    void aRunThatFailedAtOnceIsCountedAsSuchAndSaysNothingElse() {
        assertThat(values(RunMetrics.of(Optional.empty(), () -> NOW)))
                .isEqualTo(Map.of("RunsSucceeded", 0.0, "RunsFailed", 1.0, "TablesFailed", 0.0));
    }

    @Test
    void aTableThatFailedMakesItsRunFail() {
        MergeReport some = new MergeReport(REPORT.tables(), List.of(new MergeReport.Failure("gone", "why")), 1);
        assertThat(values(RunMetrics.of(Optional.of(some), () -> NOW)))
                .containsEntry("RunsFailed", 1.0)
                .containsEntry("RunsSucceeded", 0.0)
                .containsEntry("TablesFailed", 1.0)
                .containsEntry("RecordsMerged", 100.0);
    }

    @Test
    void everyMetricArrivesWithItsNameUnitAndDimensions() throws Exception {
        assumeTrue(MotoServer.isInstalled(), MotoServer.SKIPPED);
        try (MotoServer moto = MotoServer.start(folder.resolve("moto.log"));
                CloudWatch cloudWatch = new CloudWatch(moto, "Tributary")) {
            new RunMetrics(config(moto.endpoint().toString()), InstantSource.system()).ended(REPORT);
            assertThat(cloudWatch.metrics())
                    .containsExactlyInAnyOrderElementsOf(Program.MERGE.published().stream()
                            .map(spec -> spec.published().orElseThrow() + " Service=glue-etl Env=it Topic=a+b")
                            .toList());
            assertThat(Program.MERGE.published())
                    .allSatisfy(spec -> assertThat(cloudWatch.samples(spec))
                            .as(spec.published().orElseThrow())
                            .isEqualTo(1));
            assertThat(cloudWatch.sum(MergeMetric.RECORDS.spec())).isEqualTo(100);
        }
    }

    @Test
    void aCloudWatchThatIsAwayFailsNoRun() throws Exception {
        new RunMetrics(config("http://127.0.0.1:1"), InstantSource.system()).ended(REPORT);
    }

    private static Map<String, Double> values(Metrics metrics) {
        return Program.MERGE.published().stream()
                .filter(spec -> metrics.value(spec).isPresent())
                .collect(Collectors.toMap(
                        spec -> spec.published().orElseThrow(),
                        spec -> metrics.value(spec).getAsDouble()));
    }

    private static TableReport table(String name, String mode, Counts merged, Instant oldest) {
        return new TableReport(
                name,
                name,
                mode,
                3,
                merged,
                merged,
                1,
                Watermark.NONE,
                OptionalLong.of(oldest.toEpochMilli()),
                new TreeMap<>());
    }

    private static MergeConfig config(String endpoint) throws ConfigException {
        return ConfigReader.parse(
                "staging.uri = \"s3://b/staging\"\ncatalog.properties { type = hadoop, warehouse = w }\n"
                        + "tables = [{ topic = b }, { topic = a }]\ncloudwatch { enabled = true, environment = it, "
                        + "region = eu-central-1, endpoint = \"" + endpoint + "\" }",
                "test",
                Map.of(),
                MergeConfig::read);
    }
}

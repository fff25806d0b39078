package io.tributary.producer;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.testing.AuditedKafka;
import io.tributary.testing.JavaProcess;
import io.tributary.testing.ProjectRoot;
import io.tributary.testing.S3Process;
import io.tributary.testing.SandboxProcesses;
import io.tributary.testing.UniqueName;
import io.tributary.testing.calls.RecordedCalls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** Everything it asks of AWS and Kafka is written down in deploy-tests/calls: the roles are held against that. */
class CallsIT {
    private static final Duration DEADLINE = Duration.ofMinutes(2);
    private static final String TOPIC = "gauges";

    private final String bucket = UniqueName.of("calls");

    @TempDir
    private Path folder = Path.of("");

    @Test
    void whatItAsksForIsWhatIsWrittenDown() throws IOException {
        RecordedCalls calls = new RecordedCalls(folder);
        try (AuditedKafka kafka = AuditedKafka.start(folder);
                S3Client s3 = s3()) {
            KafkaTopics.create(kafka.bootstrapServers(), TOPIC, 2);
            s3.createBucket(create -> create.bucket(bucket));
            put(s3, "sources/a.csv", "id\n1\n2\n\"3\n");
            assertThat(run(calls, kafka, TOPIC, "dataset", "s3://" + bucket + "/sources/"))
                    .isEqualTo("published 2 records, 1 rejects of 1 files");
            put(s3, "sources/b.csv", "id\n4\n");
            assertThat(run(calls, kafka, TOPIC, "dataset", "s3://" + bucket + "/sources/"))
                    .isEqualTo("published 1 records, 0 rejects of 2 files");
            assertThat(run(calls, kafka, "one-file", "dataset", "s3://" + bucket + "/sources/b.csv"))
                    .isEqualTo("published 1 records, 0 rejects of 1 files");
            Path rejects = Files.writeString(
                    folder.resolve("rejects.ndjson"),
                    "{\"stage\":\"merge\",\"topic\":\"gauges\",\"_incarnation\":\"i\",\"partition\":0,\"offset\":1,"
                            + "\"raw\":\"{}\",\"key\":\"1\"}\n");
            assertThat(run(calls, kafka, "redrive", "rejects", rejects.toString()))
                    .isEqualTo("published 1 records, 0 rejects of 1 files");

            calls.requireWrittenDown("producer", kafka, Map.of(bucket, "data"));
        }
    }

    private String run(RecordedCalls calls, AuditedKafka kafka, String source, String type, String path)
            throws IOException {
        Path config = Files.createTempFile(folder, "producer", ".conf");
        Files.writeString(
                config,
                "source { name = " + source + ", type = " + type + ", paths = [\"" + path + "\"] }\ntopic = " + TOPIC
                        + "\nkafka.bootstrap-servers = " + kafka.programServers() + "\nkafka.client = "
                        + kafka.programClient()
                        + "\ns3 { region = " + S3Process.REGION + ", endpoint = \""
                        + SandboxProcesses.s3().endpoint() + "\", path-style = true, access-key = "
                        + S3Process.ACCESS_KEY + ", secret-key = " + S3Process.SECRET_KEY
                        + " }\ncloudwatch { enabled = true, environment = it, region = eu-central-1, "
                        + "endpoint = \"http://127.0.0.1:1\" }\n");
        try (JavaProcess producer = calls.command(
                        ProjectRoot.path().resolve("producer-daemon/target/producer-daemon.jar"),
                        "io.tributary.producer.ProducerMain")
                .jvm("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
                .jvm("-Daws.accessKeyId=test", "-Daws.secretAccessKey=test")
                .arguments("--config", config.toString())
                .start()) {
            assertThat(producer.exitCode(DEADLINE))
                    .as(producer.stderr().toString())
                    .isZero();
            return String.join("\n", producer.stdout());
        }
    }

    private void put(S3Client s3, String key, String content) {
        s3.putObject(put -> put.bucket(bucket).key(key), RequestBody.fromString(content));
    }

    private static S3Client s3() {
        return SandboxS3.client();
    }
}

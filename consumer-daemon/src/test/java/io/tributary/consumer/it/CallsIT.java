package io.tributary.consumer.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.testing.AuditedKafka;
import io.tributary.testing.JavaProcess;
import io.tributary.testing.SandboxProcesses;
import io.tributary.testing.calls.RecordedCalls;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Everything it asks of AWS and Kafka is written down in deploy-tests/calls: the roles are held against that. */
class CallsIT {
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final String GROUP = "tributary";

    @TempDir
    Path directory;

    @Test
    void whatItAsksForIsWhatIsWrittenDown() throws IOException {
        RecordedCalls calls = new RecordedCalls(directory);
        try (AuditedKafka kafka = AuditedKafka.start(directory);
                Lab lab = new Lab(
                        directory,
                        1,
                        kafka.bootstrapServers(),
                        SandboxProcesses.s3().endpoint())) {
            lab.recordCalls(calls);
            lab.set("kafka.bootstrap-servers", kafka.programServers())
                    .set("kafka.client", kafka.programClient())
                    .set("kafka.group", GROUP)
                    .set("cloudwatch.enabled", "true")
                    .set("cloudwatch.environment", "it")
                    .set("cloudwatch.region", "eu-central-1")
                    .set("cloudwatch.endpoint", "\"http://127.0.0.1:1\"");
            stageSkipAndSwitch(lab);

            calls.requireWrittenDown("consumer", kafka, Map.of(lab.topic, "gauges", lab.bucket, "data"));
        }
    }

    /** Staged, found again, met by another writer, written anew and followed there. */
    private static void stageSkipAndSwitch(Lab lab) {
        lab.produce(0, 100);
        JavaProcess first = start(lab);
        lab.awaitStaged(100);
        assertThat(first.stop()).isZero();

        lab.set("roll.max-age", "1d").set("roll.max-records", "50");
        JavaProcess second = start(lab);
        lab.produce(100, 120);
        await().atMost(DEADLINE).until(() -> lab.metric(second, "read_bytes_total") > 0);
        run(lab, "skip", "--to", "110", "--reason", "a test");
        lab.produce(120, 160);
        second.awaitStderr(line -> line.contains("another writer was first; following it"), DEADLINE);
        lab.awaitStaged(150);

        run(lab, "replay", "start", "--into", "staging.2", "--from", "0", "--to", "50");
        run(lab, "replay", "diff", "--into", "staging.2", "--from", "0", "--to", "50");
        run(lab, "replay", "switch", "--into", "staging.2");
        lab.produce(160, 220);
        second.awaitStderr(line -> line.contains("the chain goes on in another generation; following it"), DEADLINE);
        assertThat(second.stop()).isZero();
    }

    private static JavaProcess start(Lab lab) {
        return lab.start("one", "-Daws.accessKeyId=test", "-Daws.secretAccessKey=test");
    }

    private static void run(Lab lab, String command, String... arguments) {
        JavaProcess process = lab.tool(command)
                .arguments(arguments)
                .arguments("--topic", lab.topic, "--partition", "0")
                .start();
        assertThat(process.exitCode(DEADLINE)).as(process.stderr().toString()).isZero();
    }
}

package io.tributary.consumer.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.staging.StagedLine;
import io.tributary.testing.JavaProcess;
import io.tributary.testing.KafkaProcess;
import io.tributary.testing.SandboxProcesses;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker's disk gives back other bytes than it was given. */
class CorruptLogIT {
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    @Test
    void whatCannotBeFetchedStopsItByNameOthersAreStagedAndASkipGoesOn() throws Exception {
        Path disk = directory.resolve("kafka");
        try (KafkaProcess kafka = KafkaProcess.start(disk);
                Lab lab = new Lab(
                        directory,
                        2,
                        kafka.bootstrapServers(),
                        SandboxProcesses.s3().endpoint())) {
            lab.set("roll.max-age", "1d");
            produceInOneBatch(lab, 0, 100);
            produceInOneBatch(lab, 100, 200);
            produceInOneBatch(lab, 200, 300);
            assertThat(kafka.stop()).isZero();
            corrupt(disk, lab.topic + "-0", "{\"n\":150,");
            kafka.restart();

            JavaProcess daemon = lab.start("one");
            assertThat(daemon.exitCode(DEADLINE)).isEqualTo(1);
            assertThat(daemon.stderr())
                    .last()
                    .asString()
                    .startsWith("consumer-daemon: the log cannot be read on; all that was read before is staged. If no "
                            + "broker has the record whole any more, skip moves on past it: ")
                    .contains(lab.topic + "-0 at offset 50");
            // All that could be read is staged.
            assertThat(lab.read(0).end()).isEqualTo(50);

            JavaProcess skip = lab.tool("skip")
                    .arguments("--topic", lab.topic, "--partition", "0", "--to", "100", "--reason", "corrupt on disk")
                    .start();
            assertThat(skip.exitCode(DEADLINE)).isZero();
            JavaProcess next = lab.set("roll.max-age", "300ms").start("one");
            lab.awaitStaged(250);
            assertThat(next.stop()).isZero();
            assertThat(lab.read(0).lines())
                    .extracting(StagedLine::offset)
                    .containsExactlyElementsOf(LongStream.range(0, 150)
                            .filter(offset -> offset < 50 || offset >= 100)
                            .boxed()
                            .toList());
        }
    }

    /** One for each of the two partitions. */
    private static void produceInOneBatch(Lab lab, long from, long to) {
        try (KafkaProducer<byte[], byte[]> producer = lab.producer(Map.of("linger.ms", 5000))) {
            for (long n = from; n < to; n++) {
                lab.send(producer, lab.record(n));
            }
            producer.flush();
        }
        assertThat(lab.failures).isEmpty();
    }

    /** Changes a byte of a record in a partition's log. */
    private static void corrupt(Path disk, String partition, String record) throws IOException {
        try (Stream<Path> files = Files.walk(disk)) {
            List<Path> logs = files.filter(file ->
                            file.toString().endsWith(".log") && file.toString().contains("/" + partition + "/"))
                    .toList();
            assertThat(logs).hasSize(1);
            byte[] bytes = Files.readAllBytes(logs.get(0));
            int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf(record);
            assertThat(at).isPositive();
            bytes[at + 1] ^= 1;
            Files.write(logs.get(0), bytes);
        }
    }
}

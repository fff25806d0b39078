package io.tributary.consumer.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.testing.JavaProcess;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.LongStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartIT {
    private static final Duration DEADLINE = Duration.ofSeconds(40);

    @TempDir
    Path directory;

    @Test
    void aTopicThatDoesNotExistIsNamed() {
        try (Lab lab = new Lab(directory, 1)) {
            lab.set("topics", "[\"" + lab.topic + "\", \"nowhere\"]");
            assertFails(
                    lab, 1, "consumer-daemon: topics [nowhere] do not exist: create them or take them out of 'topics'");
        }
    }

    @Test
    void aBucketThatDoesNotExistIsNamed() {
        try (Lab lab = new Lab(directory, 1)) {
            lab.set("staging.bucket", "no-such-bucket");
            assertFails(
                    lab,
                    1,
                    "consumer-daemon: s3 list staging/ in bucket no-such-bucket: 404 NoSuchBucket: create the bucket "
                            + "or correct staging.bucket");
        }
    }

    @Test
    void keysThatAreNotAcceptedAreAFailure() {
        try (Lab lab = new Lab(directory, 1)) {
            lab.set("s3.secret-key", "wrong");
            assertFails(lab, 1, ": the keys or the role must allow s3:ListBucket, s3:GetObject and s3:PutObject");
        }
    }

    @Test
    void everyMistakeInTheConfigurationIsNamed() {
        try (Lab lab = new Lab(directory, 1)) {
            lab.set("staging.level", "12")
                    .set("roll.max-age", "never")
                    .set("topics-patern", "x")
                    .set("topics", "[]");
            assertFails(
                    lab,
                    2,
                    "staging.level: must be from 1 to 9 for gzip, but is 12",
                    "roll.max-age: expected a duration such as 500ms, 60s or 5m, found 'never'",
                    "topics-patern: there is no such key; did you mean 'topics-pattern'?",
                    "topics: either topics or topics-pattern must be set");
        }
    }

    @Test
    void theSecondOfOneNameTakesOverAndTheFirstSaysSo() {
        try (Lab lab = new Lab(directory, 1)) {
            JavaProcess first = lab.start("one");
            first.awaitStderr(line -> line.contains(" reading "), DEADLINE);
            JavaProcess second = lab.start("one");
            second.awaitStderr(line -> line.contains(" reading "), DEADLINE);
            assertThat(first.exitCode(DEADLINE)).isEqualTo(1);
            assertThat(String.join("\n", first.stderr()))
                    .contains("consumer-daemon: another process runs as kafka.instance-id 'one' of group '")
                    .contains(": give each daemon its own");
            assertThat(second.stop()).isZero();
        }
    }

    @Test
    void aHeapThatIsTooSmallEndsTheProcessInsteadOfMaimingItAndTheNextGoesOnRight() {
        try (Lab lab = new Lab(directory, 1)) {
            lab.produce(0, 1000);
            try (KafkaProducer<byte[], byte[]> producer = LargeRecords.producer(lab)) {
                String large = "{\"n\":1000,\"pad\":\"" + "x".repeat(20 * 1024 * 1024) + "\"}";
                lab.send(producer, new ProducerRecord<>(lab.topic, Lab.bytes(large)));
            }
            JavaProcess daemon = lab.start("one", "-Xmx24m");
            assertThat(daemon.exitCode(Duration.ofMinutes(2))).isEqualTo(1);
            assertThat(daemon.stderr())
                    .anyMatch(line ->
                            line.startsWith("consumer-daemon: ") && line.contains("OutOfMemoryError: Java heap space"));
            JavaProcess next = lab.start("one", "-Xmx400m");
            lab.awaitStaged(1001);
            assertThat(next.stop()).isZero();
            lab.requireExactly(
                    partition -> LongStream.rangeClosed(0, 1000).boxed().toList());
        }
    }

    @Test
    void toldToStopWhileNoBrokerAnswersItHasNotFailed() throws Exception {
        try (Lab lab = new Lab(directory, 1);
                ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            JavaProcess daemon = lab.command("one")
                    .environment("TRIBUTARY_KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:" + silent.getLocalPort())
                    .start();
            daemon.awaitStderr(line -> line.contains("starting"), DEADLINE);

            assertThat(daemon.stop()).isZero();
            assertThat(String.join("\n", daemon.stderr())).contains("stopped before it had begun to read");
        }
    }

    @Test
    void aGoodConfigurationPassesTheCheck() {
        try (Lab lab = new Lab(directory, 1)) {
            JavaProcess check = lab.command("one").arguments("--check").start();
            assertThat(check.exitCode(DEADLINE)).isZero();
        }
    }

    private static void assertFails(Lab lab, int code, String... said) {
        JavaProcess daemon = lab.start("one");
        assertThat(daemon.exitCode(DEADLINE)).isEqualTo(code);
        String stderr = String.join("\n", daemon.stderr());
        assertThat(stderr).contains(said);
    }
}

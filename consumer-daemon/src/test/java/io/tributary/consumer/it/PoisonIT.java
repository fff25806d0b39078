package io.tributary.consumer.it;

import static io.tributary.consumer.it.Lab.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.staging.StagedLine;
import io.tributary.testing.JavaProcess;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PoisonIT {
    private static final byte[] NO_TEXT = {(byte) 0xc3, 0x28};

    @TempDir
    Path directory;

    @Test
    void aRecordThatCannotBeDecodedIsALineWithItsReasonAndItsBytes() {
        try (Lab lab = new Lab(directory, 1)) {
            try (KafkaProducer<byte[], byte[]> producer = lab.producer(Map.of())) {
                String topic = lab.topic;
                lab.send(producer, new ProducerRecord<>(topic, bytes("good"), bytes("{\"a\":1}")));
                lab.send(producer, new ProducerRecord<>(topic, bytes("bad"), bytes("{\"a\":")));
                lab.send(producer, new ProducerRecord<>(topic, NO_TEXT, bytes("{}")));
                lab.send(producer, new ProducerRecord<>(topic, bytes("empty"), new byte[0]));
                lab.send(
                        producer,
                        new ProducerRecord<>(topic, bytes("pretty"), bytes("{\r\n  \"a\": [\n 1,\n 2 ]\n}\n")));
                lab.send(producer, new ProducerRecord<>(topic, bytes("gone"), null));
                lab.send(producer, new ProducerRecord<>(topic, null, bytes("\"keyless\"")));
                lab.send(
                        producer,
                        new ProducerRecord<>(
                                topic,
                                0,
                                5L,
                                bytes("\"quoted\"\n"),
                                bytes("true"),
                                List.of(
                                        new RecordHeader("h", bytes("v")),
                                        new RecordHeader("h", NO_TEXT),
                                        new RecordHeader("n", null))));
            }
            JavaProcess daemon = lab.start("one");
            lab.awaitStaged(8);
            assertThat(daemon.stop()).isZero();

            List<StagedLine> lines = lab.read(0).lines();
            assertThat(lines.get(0).value()).hasToString("{\"a\":1}");
            assertThat(lines.get(1).error())
                    .hasValueSatisfying(reason -> assertThat(reason).contains("JSON"));
            assertThat(lines.get(1).raw())
                    .hasValueSatisfying(raw -> assertThat(raw).isEqualTo(bytes("{\"a\":")));
            assertThat(lines.get(2).error()).contains("the key is not UTF-8 text");
            assertThat(lines.get(3).error()).contains("the value is empty");
            assertThat(lines.get(4).value()).hasToString("{\"a\":[1,2]}");
            assertThat(lines.get(5).value().isNull()).isTrue();
            assertThat(lines.get(5).error()).isEmpty();
            assertThat(lines.get(6).key()).isEmpty();
            assertThat(lines.get(7).key()).contains("\"quoted\"\n");
            assertThat(lines.get(7).timestamp()).isEqualTo(5);
            assertThat(lines.get(7).headers())
                    .hasValueSatisfying(headers ->
                            assertThat(headers).hasToString("{\"h\":[\"v\",{\"base64\":\"wyg=\"}],\"n\":null}"));
        }
    }

    @Test
    void whatIsOddAndStillJsonIsStagedAsItWasPublished() {
        try (Lab lab = new Lab(directory, 1)) {
            String deep = "[".repeat(1000) + "]".repeat(1000);
            String huge = "{\"n\":1,\"pad\":\"" + "x".repeat(20 * 1024 * 1024) + "\"}";
            List<String> accepted = List.of(
                    "{\"a\":1,\"a\":2}",
                    "{\"n\":1e400,\"m\":-1e-400}",
                    "9".repeat(2000),
                    "\"\\ud800 alone\"",
                    deep,
                    huge,
                    "\"the last\"");
            byte[] rawSurrogate = {'"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '"'};
            try (KafkaProducer<byte[], byte[]> producer = LargeRecords.producer(lab)) {
                accepted.forEach(value -> lab.send(producer, new ProducerRecord<>(lab.topic, null, bytes(value))));
                lab.send(producer, new ProducerRecord<>(lab.topic, null, rawSurrogate));
                lab.send(producer, new ProducerRecord<>(lab.topic, null, bytes("[" + deep + "]")));
            }
            assertThat(lab.failures).isEmpty();
            JavaProcess daemon = lab.start("one", "-Xmx400m");
            lab.awaitStaged(accepted.size() + 2);
            await().untilAsserted(() ->
                    assertThat(lab.metric(daemon, "undecodable_records_total")).isEqualTo(2));
            assertThat(daemon.stop()).isZero();

            List<StagedLine> lines = lab.read(0).lines();
            assertThat(lines.get(accepted.size()).error()).contains("the value is not JSON in UTF-8, at byte 1");
            assertThat(lines.get(accepted.size()).raw())
                    .hasValueSatisfying(raw -> assertThat(raw).isEqualTo(rawSurrogate));
            assertThat(lines.get(accepted.size() + 1).error())
                    .contains("the JSON is nested deeper than 1000, at byte 1000");
            List<String> text = lab.lines(0);
            for (int at = 0; at < accepted.size(); at++) {
                assertThat(text.get(at)).endsWith(",\"key\":null,\"value\":" + accepted.get(at) + "}");
            }
        }
    }
}

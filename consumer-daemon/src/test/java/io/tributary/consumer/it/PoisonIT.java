package io.tributary.consumer.it;

import static io.tributary.consumer.it.Lab.bytes;
import static org.assertj.core.api.Assertions.assertThat;

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
}

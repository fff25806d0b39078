package io.tributary.consumer.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.consumer.replay.RecordLog;
import io.tributary.consumer.upload.ClusterSilentException;
import io.tributary.staging.ChainId;
import io.tributary.staging.OffsetRange;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class KafkaRecordsTest {
    private static final TopicPartition PLACE = new TopicPartition("t", 0);

    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("none");
    private final AtomicLong seconds = new AtomicLong();

    @Test
    void aClusterThatGivesNothingForAMinuteIsToldAsSilent() throws Exception {
        // Each look at the clock is ten seconds later.
        try (KafkaRecords records = new KafkaRecords(
                consumer, () -> Duration.ofSeconds(seconds.addAndGet(10)).toNanos())) {
            RecordLog.Lines lines = records.lines(new ChainId("t", "i", 0), new OffsetRange(0, 5));
            consumer.updateBeginningOffsets(Map.of(PLACE, 0L));
            consumer.addRecord(new ConsumerRecord<>("t", 0, 0, null, "a".getBytes(StandardCharsets.UTF_8)));
            consumer.addRecord(new ConsumerRecord<>("t", 0, 1, null, "b".getBytes(StandardCharsets.UTF_8)));
            assertThat(lines.next().orElseThrow().offset()).isZero();
            assertThat(lines.next().orElseThrow().offset()).isEqualTo(1);
            assertThatThrownBy(lines::next)
                    .isInstanceOf(ClusterSilentException.class)
                    .hasMessage("kafka gave nothing of t-0 at offset 2 for 60 s");
        }
    }
}

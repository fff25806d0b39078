package io.tributary.consumer.kafka;

import io.tributary.consumer.config.GroupConfig;
import io.tributary.consumer.replay.Line;
import io.tributary.consumer.replay.RecordLog;
import io.tributary.consumer.upload.ClusterSilentException;
import io.tributary.daemon.MonotonicClock;
import io.tributary.staging.ByteBuilder;
import io.tributary.staging.ChainId;
import io.tributary.staging.OffsetRange;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/** Reads records outside of any group, without a trace. Confined to one thread; owns its client. */
public final class KafkaRecords implements RecordLog, AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final long PATIENCE_MILLIS = 60_000;

    private final Consumer<byte[], byte[]> consumer;

    private final MonotonicClock clock;

    KafkaRecords(Consumer<byte[], byte[]> consumer, MonotonicClock clock) {
        this.consumer = consumer;
        this.clock = clock;
    }

    /** Connects; nothing is read yet. */
    public static KafkaRecords open(GroupConfig group) {
        return new KafkaRecords(KafkaClients.reader(group), MonotonicClock.system());
    }

    @Override
    public RecordLog.Lines lines(ChainId chain, OffsetRange range) {
        TopicPartition place = new TopicPartition(chain.topic(), chain.partition());
        consumer.assign(List.of(place));
        consumer.seek(place, range.from());
        return new Polled(place, range.next());
    }

    @Override
    public void close() {
        consumer.close();
    }

    private final class Polled implements RecordLog.Lines {
        private final TopicPartition place;
        private final long end;
        private final Deque<Line> ready = new ArrayDeque<>();
        private final ByteBuilder line = new ByteBuilder(1024);

        Polled(TopicPartition place, long end) {
            this.place = place;
            this.end = end;
        }

        @Override
        public Optional<Line> next() throws ClusterSilentException {
            try {
                long position = consumer.position(place);
                long progress = clock.millis();
                while (ready.isEmpty() && position < end) {
                    for (ConsumerRecord<byte[], byte[]> polled : consumer.poll(POLL)) {
                        if (polled.offset() < end) {
                            ready.add(encode(polled));
                        }
                    }
                    // Where transactions were aborted, the position moves on without records.
                    if (consumer.position(place) > position) {
                        position = consumer.position(place);
                        progress = clock.millis();
                    } else if (clock.millis() - progress >= PATIENCE_MILLIS) {
                        throw new ClusterSilentException("kafka gave nothing of " + place + " at offset " + position
                                + " for " + PATIENCE_MILLIS / 1000 + " s");
                    }
                }
            } catch (TimeoutException silent) {
                throw new ClusterSilentException("kafka does not answer", silent);
            } catch (KafkaException failure) {
                throw new IllegalStateException("reading " + place + " from Kafka failed", failure);
            }
            return Optional.ofNullable(ready.poll());
        }

        private Line encode(ConsumerRecord<byte[], byte[]> polled) {
            PolledBlock block = new PolledBlock();
            block.add(polled, 0);
            line.truncate(0);
            block.encode(0, line);
            return new Line(polled.offset(), polled.timestamp(), Arrays.copyOf(line.array(), line.length()));
        }
    }
}

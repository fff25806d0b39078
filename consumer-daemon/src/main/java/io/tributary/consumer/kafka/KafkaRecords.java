package io.tributary.consumer.kafka;

import io.tributary.consumer.config.GroupConfig;
import io.tributary.consumer.replay.Line;
import io.tributary.consumer.replay.RecordLog;
import io.tributary.staging.ByteBuilder;
import io.tributary.staging.ChainId;
import io.tributary.staging.OffsetRange;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** Reads records outside of any group, without a trace. Confined to one thread; owns its client. */
public final class KafkaRecords implements RecordLog, AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);

    private final Consumer<byte[], byte[]> consumer;

    private KafkaRecords(Consumer<byte[], byte[]> consumer) {
        this.consumer = consumer;
    }

    /** Connects; nothing is read yet. */
    public static KafkaRecords open(GroupConfig group) {
        return new KafkaRecords(KafkaClients.reader(group));
    }

    @Override
    public Iterator<Line> lines(ChainId chain, OffsetRange range) {
        TopicPartition place = new TopicPartition(chain.topic(), chain.partition());
        consumer.assign(List.of(place));
        consumer.seek(place, range.from());
        return new Lines(place, range.next());
    }

    @Override
    public void close() {
        consumer.close();
    }

    private final class Lines implements Iterator<Line> {
        private final TopicPartition place;
        private final long end;
        private final Deque<Line> ready = new ArrayDeque<>();
        private final ByteBuilder line = new ByteBuilder(1024);

        Lines(TopicPartition place, long end) {
            this.place = place;
            this.end = end;
        }

        @Override
        public boolean hasNext() {
            try {
                while (ready.isEmpty() && consumer.position(place) < end) {
                    for (ConsumerRecord<byte[], byte[]> polled : consumer.poll(POLL)) {
                        if (polled.offset() < end) {
                            ready.add(encode(polled));
                        }
                    }
                }
            } catch (KafkaException failure) {
                throw new IllegalStateException("reading " + place + " from Kafka failed", failure);
            }
            return !ready.isEmpty();
        }

        @Override
        public Line next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return ready.remove();
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

package io.tributary.producer.sink.kafka;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tributary.checkpoint.SourceCheckpoint;
import io.tributary.daemon.MonotonicClock;
import io.tributary.producer.sink.SinkException;
import io.tributary.producer.sink.SinkException.Remedy;
import io.tributary.producer.source.SourceState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a source's checkpoint and positions out of the compacted topic. The consumer reads committed records only and
 * belongs to the caller. Confined to one thread.
 */
final class CheckpointLog {
    private static final Logger LOG = LoggerFactory.getLogger(CheckpointLog.class);
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Duration POLL = Duration.ofMillis(200);
    private static final long SAY_SO_MS = 5_000;

    private final Consumer<byte[], byte[]> consumer;
    private final String source;
    private final MonotonicClock clock;
    private final Duration patience;

    /** What was found. */
    record Found(Optional<SourceCheckpoint> checkpoint, SourceState state) {}

    /** Looks for this source, as long as {@code patience} allows. */
    CheckpointLog(Consumer<byte[], byte[]> consumer, String source, MonotonicClock clock, Duration patience) {
        this.consumer = consumer;
        this.source = source;
        this.clock = clock;
        this.patience = patience;
    }

    /** The partition that holds everything of a source. */
    static int partitionOf(String source, int partitions) {
        return Partitioning.ofKey(source.getBytes(StandardCharsets.UTF_8), partitions);
    }

    /**
     * Reads up to the ends, which are those of <em>all</em> records: where another source's open transaction holds up
     * reading, it waits, because our own last checkpoint may stand behind it.
     *
     * @param ends for each partition, taken after earlier sessions were shut out
     */
    Found read(Map<TopicPartition, Long> ends) throws SinkException {
        Map<String, ConsumerRecord<byte[], byte[]>> latest = new HashMap<>();
        consumer.assign(ends.keySet());
        consumer.seekToBeginning(ends.keySet());
        long begun = clock.millis();
        long said = begun;
        while (!reached(ends)) {
            for (ConsumerRecord<byte[], byte[]> polled : consumer.poll(POLL)) {
                keep(polled, latest);
            }
            long now = clock.millis();
            if (now - begun > patience.toMillis()) {
                throw new SinkException(
                        Remedy.WAIT,
                        "reading " + SourceCheckpoint.TOPIC + " to its end takes longer than " + patience.toSeconds()
                                + " s: perhaps another source left a transaction open");
            }
            if (now - said > SAY_SO_MS) {
                said = now;
                LOG.atInfo().addKeyValue("source", source).log("waiting for the end of the checkpoints");
            }
        }
        return found(latest);
    }

    private boolean reached(Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    private void keep(ConsumerRecord<byte[], byte[]> polled, Map<String, ConsumerRecord<byte[], byte[]>> latest) {
        if (polled.key() == null) {
            return;
        }
        String key = new String(polled.key(), StandardCharsets.UTF_8);
        if (!key.equals(source) && !key.startsWith(source + "/")) {
            return;
        }
        // Were partitions added, older records of a key stay behind in another one.
        latest.merge(
                key,
                polled,
                (old, young) ->
                        old.partition() != young.partition() && old.timestamp() > young.timestamp() ? old : young);
    }

    private Found found(Map<String, ConsumerRecord<byte[], byte[]>> latest) throws SinkException {
        ConsumerRecord<byte[], byte[]> own = latest.get(source);
        if (own == null || own.value() == null) {
            return new Found(Optional.empty(), SourceState.beginning());
        }
        try {
            SourceCheckpoint checkpoint = SourceCheckpoint.decode(own.value());
            Map<String, JsonNode> parts = new LinkedHashMap<>();
            for (Map.Entry<String, ConsumerRecord<byte[], byte[]>> entry : latest.entrySet()) {
                if (!entry.getKey().equals(source) && entry.getValue().value() != null) {
                    parts.put(
                            entry.getKey().substring(source.length() + 1),
                            MAPPER.readTree(entry.getValue().value()));
                }
            }
            return new Found(Optional.of(checkpoint), new SourceState(checkpoint.position(), parts));
        } catch (IllegalArgumentException | IOException malformed) {
            throw new SinkException(
                    Remedy.NONE, "the checkpoint of source " + source + " cannot be read: " + malformed, malformed);
        }
    }

    /** The partitions of the topic. */
    static List<TopicPartition> partitions(int count) {
        return IntStream.range(0, count)
                .mapToObj(partition -> new TopicPartition(SourceCheckpoint.TOPIC, partition))
                .toList();
    }
}

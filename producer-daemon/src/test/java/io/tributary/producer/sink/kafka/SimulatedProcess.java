package io.tributary.producer.sink.kafka;

import com.fasterxml.jackson.databind.node.IntNode;
import io.tributary.checkpoint.SourceCheckpoint;
import io.tributary.producer.sink.SinkException;
import io.tributary.producer.sink.SinkException.Remedy;
import io.tributary.producer.sink.kafka.SimulatedKafka.Fate;
import io.tributary.producer.source.SourceItem;
import io.tributary.producer.source.SourceState;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * The real session and the real reading of checkpoints, driven by a schedule instead of by a source and a cluster. It
 * takes the steps of {@link KafkaRecordSink#open()} in their order. It may be a zombie. Confined to one thread.
 */
final class SimulatedProcess {
    static final String SOURCE = "s";
    static final int RECORDS = 40;
    private static final int PARTITIONS = 2;
    private static final TopicPartition CHECKPOINTS =
            CheckpointLog.partitions(1).get(0);
    private static final Topics TOPICS = new Topics(
            new Topic("t", "id", PARTITIONS, 1 << 20),
            new Topic("t.rejected", "id2", 1, 1 << 20),
            new Topic(SourceCheckpoint.TOPIC, "id3", 1, 1 << 20));

    private final SimulatedKafka kafka;
    private final CheckpointMutant mutant;
    private final String id;
    private boolean alive = true;
    private @Nullable SimulatedProducer producer;
    private CheckpointLog.@Nullable Found early;
    private @Nullable KafkaSinkSession session;
    private int next;
    private int committed;
    private boolean open;
    /** What a mutant believes instead of reading it back. */
    private @Nullable SourceState believed;

    SimulatedProcess(SimulatedKafka kafka, CheckpointMutant mutant, int number) {
        this.kafka = kafka;
        this.mutant = mutant;
        this.id = mutant == CheckpointMutant.NO_FENCE ? SOURCE + number : SOURCE;
    }

    boolean alive() {
        return alive;
    }

    boolean done() {
        return session != null && committed == RECORDS;
    }

    /** One step towards a session: shut others out, then read the checkpoint; others may act in between. */
    void open(Fate fate, int amount) {
        if (session != null) {
            return;
        }
        try {
            if (mutant == CheckpointMutant.READ_BEFORE_FENCE && early == null) {
                early = read(amount);
                return;
            }
            if (producer == null) {
                producer = new SimulatedProducer(kafka, id, kafka.initialise(id, fate));
                return;
            }
            CheckpointLog.Found found = early == null ? read(amount) : early;
            if (believed != null) {
                found = new CheckpointLog.Found(found.checkpoint(), believed);
            }
            session = new KafkaSinkSession(producer, SOURCE, TOPICS, () -> {}, found, 1 << 20);
            next = session.committed().position().asInt(0);
            committed = next;
            open = false;
        } catch (KafkaException failed) {
            left(Failure.of("beginning a session with Kafka", failed));
        } catch (SinkException failed) {
            left(failed);
        }
    }

    void append(int count, Fate fate) {
        KafkaSinkSession current = session;
        SimulatedProducer sending = producer;
        if (current == null || sending == null) {
            return;
        }
        try {
            for (int sent = 0; sent < count && next < RECORDS; sent++) {
                // The last of them meets the schedule's fate.
                sending.expect(sent == count - 1 ? fate : Fate.ANSWERED, 0);
                byte[] value = Integer.toString(next).getBytes(StandardCharsets.UTF_8);
                current.append(new SourceItem.Row(next % 3 == 0 ? value : null, value, List.of()));
                next++;
                open = true;
            }
        } catch (SinkException failed) {
            left(failed);
        }
    }

    void commit(Fate fate, int amount) {
        KafkaSinkSession current = session;
        SimulatedProducer sending = producer;
        if (current == null || sending == null || !open) {
            return;
        }
        try {
            sending.expect(fate, 1 + amount % 4);
            current.commit(state(next));
            committed = next;
            open = false;
        } catch (SinkException failed) {
            if (failed.remedy() == Remedy.WAIT && mutant == CheckpointMutant.NO_ANSWER_IS_ABORT) {
                believed = state(committed);
            } else if (failed.remedy() == Remedy.WAIT && mutant == CheckpointMutant.NO_ANSWER_IS_COMMIT) {
                believed = state(next);
            }
            left(failed);
        }
    }

    /** What {@code ProducerDaemon} does: it ends for good, or opens another session. */
    private void left(SinkException failed) {
        if (session != null) {
            session.close();
        }
        session = null;
        producer = null;
        early = null;
        alive = failed.remedy() != Remedy.NONE;
    }

    private CheckpointLog.Found read(int amount) throws SinkException {
        long end =
                mutant == CheckpointMutant.READ_STOPS_AT_OPEN_TRANSACTION ? kafka.stableEnd() : kafka.checkpointEnd();
        SimulatedReader reader =
                new SimulatedReader(kafka, mutant == CheckpointMutant.READ_UNCOMMITTED, 1 + amount * 5);
        return new CheckpointLog(reader, SOURCE, () -> kafka.millis() * 1_000_000, Duration.ofSeconds(1))
                .read(Map.of(CHECKPOINTS, end));
    }

    private static SourceState state(int position) {
        return new SourceState(IntNode.valueOf(position), Map.of("f", IntNode.valueOf(position)));
    }
}

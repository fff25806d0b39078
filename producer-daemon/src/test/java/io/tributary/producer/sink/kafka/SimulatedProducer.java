package io.tributary.producer.sink.kafka;

import io.tributary.checkpoint.SourceCheckpoint;
import io.tributary.producer.sink.kafka.SimulatedKafka.Fate;
import io.tributary.producer.sink.kafka.SimulatedKafka.Place;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;

/** A transactional producer of a simulated cluster. Confined to one thread. */
final class SimulatedProducer extends MockProducer<byte[], byte[]> {
    private final SimulatedKafka kafka;
    private final String id;
    private final int epoch;
    private Fate fate = Fate.ANSWERED;
    private int unanswered;

    SimulatedProducer(SimulatedKafka kafka, String id, int epoch) {
        this.kafka = kafka;
        this.id = id;
        this.epoch = epoch;
    }

    /** What becomes of the next requests; for a commit, how many tries in a row get no answer. */
    void expect(Fate next, int tries) {
        fate = next;
        unanswered = tries;
    }

    @Override
    public void beginTransaction() {}

    @Override
    public synchronized Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> sent, Callback callback) {
        boolean checkpoint = sent.topic().equals(SourceCheckpoint.TOPIC);
        String key = sent.key() == null ? "" : new String(sent.key(), StandardCharsets.UTF_8);
        try {
            if (fate != Fate.REFUSED || checkpoint) {
                kafka.append(
                        id, epoch, checkpoint ? Place.CHECKPOINTS : Place.DATA, sent.partition(), key, sent.value());
            }
            if (fate != Fate.ANSWERED && !checkpoint) {
                throw new TimeoutException("as scheduled");
            }
        } catch (KafkaException failure) {
            callback.onCompletion(null, failure);
        }
        return new CompletableFuture<>();
    }

    @Override
    public void commitTransaction() {
        Fate now = unanswered > 0 ? fate : Fate.ANSWERED;
        unanswered--;
        kafka.commit(id, epoch, now);
    }

    @Override
    public void abortTransaction() {
        kafka.abort(id, epoch);
    }

    @Override
    public void close(Duration timeout) {}
}

package io.tributary.producer.sink.kafka;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tributary.checkpoint.SourceCheckpoint;
import io.tributary.producer.sink.SinkException;
import io.tributary.producer.sink.SinkException.Remedy;
import io.tributary.producer.sink.SinkSession;
import io.tributary.producer.source.RecordHeader;
import io.tributary.producer.source.RecordLimits;
import io.tributary.producer.source.SourceItem;
import io.tributary.producer.source.SourceState;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One transactional producer's life: batches as transactions, each with the source's checkpoint and the positions that
 * moved. Confined to one thread; callbacks of the producer's own thread only note the first failure. Where the client is
 * closed by another thread, it throws {@link IllegalStateException}.
 */
final class KafkaSinkSession implements SinkSession {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaSinkSession.class);
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int COMMIT_TRIES = 3;
    private static final Duration CLOSE = Duration.ofSeconds(2);

    private final Producer<byte[], byte[]> producer;
    private final String source;
    private final Topics topics;
    private final TopicWatch watch;
    private final SourceState committed;
    private final PublishedCounts counts;
    private final Partitioning dataPartitions;
    private final Partitioning rejectPartitions;
    private final RecordLimits limits;
    private final long[] dataSent;
    private final long[] rejectsSent;
    private final int checkpointPartition;
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    private final Callback noteFailure = (metadata, exception) -> {
        if (exception != null) {
            failure.compareAndSet(null, exception);
        }
    };

    private boolean open;
    private boolean broken;

    /** Makes sure that the topics are still those that the counts speak of. */
    interface TopicWatch {
        void check() throws SinkException;
    }

    /** A session of a producer whose transactions are initialised. The session closes it. */
    KafkaSinkSession(
            Producer<byte[], byte[]> producer,
            String source,
            Topics topics,
            TopicWatch watch,
            CheckpointLog.Found found,
            int maxRequestBytes) {
        this.producer = producer;
        this.source = source;
        this.topics = topics;
        this.watch = watch;
        this.committed = found.state();
        this.counts = new PublishedCounts(
                found.checkpoint().map(SourceCheckpoint::published).orElse(List.of()));
        this.dataPartitions = new Partitioning(topics.data().partitions());
        this.rejectPartitions = new Partitioning(topics.rejects().partitions());
        this.dataSent = new long[topics.data().partitions()];
        this.rejectsSent = new long[topics.rejects().partitions()];
        this.checkpointPartition =
                CheckpointLog.partitionOf(source, topics.checkpoints().partitions());
        this.limits = new RecordLimits(
                topics.data().name(),
                Math.min(topics.data().maxBytes(), maxRequestBytes),
                Math.min(topics.rejects().maxBytes(), maxRequestBytes));
    }

    @Override
    public SourceState committed() {
        return committed;
    }

    @Override
    public RecordLimits limits() {
        return limits;
    }

    @Override
    public void append(SourceItem item) throws SinkException {
        try {
            begin();
            if (item instanceof SourceItem.Row row) {
                byte @Nullable [] value = row.value();
                int partition = dataPartitions.choose(row.key(), value == null ? 0 : value.length);
                send(new ProducerRecord<>(
                        topics.data().name(), partition, null, row.key(), value, headers(row.headers())));
                dataSent[partition]++;
            } else if (item instanceof SourceItem.Reject reject) {
                int partition = rejectPartitions.choose(null, reject.value().length);
                send(new ProducerRecord<>(topics.rejects().name(), partition, null, null, reject.value()));
                rejectsSent[partition]++;
            }
        } catch (KafkaException | IllegalStateException failed) {
            throw broken("sending to Kafka", failed);
        }
    }

    @Override
    public void commit(SourceState behind) throws SinkException {
        try {
            watch.check();
            begin();
            counts.add(topics.data(), dataSent);
            counts.add(topics.rejects(), rejectsSent);
            for (Map.Entry<String, JsonNode> part : behind.parts().entrySet()) {
                checkpoint(source + "/" + part.getKey(), MAPPER.writeValueAsBytes(part.getValue()));
            }
            checkpoint(source, new SourceCheckpoint(source, counts.all(), behind.position()).encode());
            commitTransaction();
            Arrays.fill(dataSent, 0);
            Arrays.fill(rejectsSent, 0);
            dataPartitions.rotate();
            rejectPartitions.rotate();
            open = false;
        } catch (JsonProcessingException cannotHappenOnTrees) {
            throw new AssertionError(cannotHappenOnTrees);
        } catch (KafkaException | IllegalStateException failed) {
            throw broken("committing to Kafka", failed);
        }
    }

    private void begin() throws SinkException {
        Exception failed = failure.get();
        if (failed != null) {
            throw broken("sending to Kafka", failed);
        }
        if (!open) {
            producer.beginTransaction();
            open = true;
        }
    }

    /** The client allows to ask again after a timeout, and only to ask again. */
    private void commitTransaction() throws SinkException {
        for (int tries = 1; ; tries++) {
            try {
                producer.commitTransaction();
                return;
            } catch (TimeoutException undecided) {
                if (tries == COMMIT_TRIES) {
                    // A new session ends the transaction one way or the other, and then reads which way.
                    broken = true;
                    throw new SinkException(
                            Remedy.WAIT, "committing to Kafka: no answer, the outcome is read back", undecided);
                }
                LOG.atWarn().addKeyValue("tries", tries).log("no answer to a commit: asking again");
            }
        }
    }

    private void checkpoint(String key, byte[] value) {
        send(new ProducerRecord<>(
                topics.checkpoints().name(), checkpointPartition, null, key.getBytes(StandardCharsets.UTF_8), value));
    }

    @SuppressWarnings("FutureReturnValueIgnored")
    private void send(ProducerRecord<byte[], byte[]> sent) {
        producer.send(sent, noteFailure);
    }

    private static Iterable<Header> headers(List<RecordHeader> headers) {
        Header[] ready = new Header[headers.size()];
        for (int at = 0; at < ready.length; at++) {
            RecordHeader header = headers.get(at);
            ready[at] = new org.apache.kafka.common.header.internals.RecordHeader(header.name(), header.value());
        }
        return new RecordHeaders(ready);
    }

    /** What the failure means shows when the transaction is aborted: only then a client learns that it is fenced. */
    private SinkException broken(String doing, Exception failed) {
        broken = true;
        Exception first = failure.get();
        Exception told = first == null ? failed : first;
        if (!Failure.isFencing(told) && open) {
            try {
                producer.abortTransaction();
            } catch (KafkaException | IllegalStateException abortFailed) {
                if (Failure.isFencing(abortFailed)) {
                    return Failure.of(doing, abortFailed);
                }
                LOG.atDebug().setCause(abortFailed).log("aborting failed; the next session does it");
            }
        }
        return Failure.of(doing, told);
    }

    @Override
    public void close() {
        if (open && !broken) {
            try {
                producer.abortTransaction();
            } catch (KafkaException | IllegalStateException abortFailed) {
                LOG.atDebug().setCause(abortFailed).log("aborting failed; the next session does it");
            }
        }
        producer.close(CLOSE);
    }
}

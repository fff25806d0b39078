package io.tributary.consumer.kafka;

import io.tributary.consumer.chain.CommitHint;
import io.tributary.daemon.Failures;
import io.tributary.staging.LinkName;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the group where chains end: for those who watch the group's lag, and to find the chain's end with a short
 * listing. Nothing rests on a commit, so one that fails is but noted. Confined to the poll thread.
 */
final class Commits {
    private static final Logger LOG = LoggerFactory.getLogger(Commits.class);
    private static final long EVERY_MILLIS = 500;

    private final Consumer<byte[], byte[]> consumer;
    private final Map<TopicPartition, OffsetAndMetadata> pending = new HashMap<>();
    private long lastMillis;

    Commits(Consumer<byte[], byte[]> consumer) {
        this.consumer = consumer;
    }

    void add(TopicPartition partition, long next, LinkName last) {
        pending.put(partition, new OffsetAndMetadata(next, CommitHint.of(last)));
    }

    /** Sends what is pending, every now and then, without waiting. */
    void sendSometimes(long now) {
        if (!pending.isEmpty() && now - lastMillis >= EVERY_MILLIS) {
            lastMillis = now;
            consumer.commitAsync(Map.copyOf(pending), (offsets, failure) -> {
                if (failure != null) {
                    note(failure);
                }
            });
            pending.clear();
        }
    }

    /** Sends what is pending and waits for the answer. */
    void sendNow(Duration atMost) {
        if (pending.isEmpty()) {
            return;
        }
        Map<TopicPartition, OffsetAndMetadata> offsets = Map.copyOf(pending);
        pending.clear();
        try {
            consumer.commitSync(offsets, atMost);
        } catch (WakeupException onlyOnce) {
            retry(offsets, atMost);
        } catch (KafkaException failure) {
            note(failure);
        }
    }

    /** Forgets partitions that are someone else's now. */
    void forget(Collection<TopicPartition> partitions) {
        pending.keySet().removeAll(partitions);
    }

    private void retry(Map<TopicPartition, OffsetAndMetadata> offsets, Duration atMost) {
        try {
            consumer.commitSync(offsets, atMost);
        } catch (KafkaException failure) {
            note(failure);
        }
    }

    private static void note(Exception failure) {
        LOG.atInfo()
                .addKeyValue("reason", Failures.oneLine(failure))
                .log("offsets were not committed; the chains are right without them");
    }
}

package io.tributary.consumer.kafka;

import io.tributary.consumer.chain.CommitHint;
import io.tributary.consumer.chain.Resume;
import io.tributary.consumer.store.ChainEnd;
import io.tributary.consumer.store.StagingStore;
import io.tributary.consumer.upload.ClusterSilentException;
import io.tributary.consumer.upload.Retrier;
import io.tributary.staging.ChainId;
import io.tributary.staging.Link;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Finds out where assigned partitions go on, off the poll thread: a store that does not answer holds up the partitions
 * concerned and nothing else. Safe for many threads.
 */
final class ChainRecovery {
    private final Cluster cluster;
    private final StagingStore store;
    private final Retrier retrier;

    ChainRecovery(Cluster cluster, StagingStore store, Retrier retrier) {
        this.cluster = cluster;
        this.store = store;
        this.retrier = retrier;
    }

    /** What recovery asks the cluster. Safe for many threads; blocks. */
    interface Cluster {
        /** The id of each of the topics that exists. */
        Map<String, String> topicIds(Collection<String> topics) throws ClusterSilentException;

        /** The first offset of each partition that can still be read. */
        Map<TopicPartition, Long> logStarts(Collection<TopicPartition> partitions) throws ClusterSilentException;

        /** What the group committed, with the notes beside it. */
        Map<TopicPartition, OffsetAndMetadata> committed() throws ClusterSilentException;
    }

    /**
     * Begins to find out.
     *
     * @param wanted whether a partition's answer is still of use
     * @param done   told of each partition's answer, by a thread of the pool
     */
    void begin(
            Collection<TopicPartition> partitions,
            Predicate<TopicPartition> wanted,
            BiConsumer<TopicPartition, Recovered> done) {
        // Topic by topic: one that was deleted must not hold up the others.
        partitions.stream()
                .collect(Collectors.groupingBy(TopicPartition::topic))
                .forEach((topic, all) -> retrier.untilDone(
                        new Operation("recovery of " + all),
                        () -> all.stream().anyMatch(wanted),
                        () -> askCluster(
                                topic, all.stream().filter(wanted).collect(Collectors.toList()), wanted, done)));
    }

    private void askCluster(
            String topic,
            List<TopicPartition> partitions,
            Predicate<TopicPartition> wanted,
            BiConsumer<TopicPartition, Recovered> done)
            throws ClusterSilentException {
        String id = cluster.topicIds(List.of(topic)).get(topic);
        if (id == null) {
            throw new ClusterSilentException(
                    "topic " + topic + " does not exist (any more)", new IllegalStateException("no topic id"));
        }
        Map<TopicPartition, Long> logStarts = cluster.logStarts(partitions);
        Map<TopicPartition, OffsetAndMetadata> committed = cluster.committed();
        for (TopicPartition partition : partitions) {
            ChainId chain = new ChainId(topic, id, partition.partition());
            long logStart = logStarts.getOrDefault(partition, 0L);
            @Nullable OffsetAndMetadata commit = committed.get(partition);
            retrier.untilDone(new Operation("recovery of " + chain), () -> wanted.test(partition), () -> {
                OptionalLong hint = commit == null ? OptionalLong.empty() : CommitHint.parse(commit.metadata());
                Optional<Link> end = ChainEnd.find(store, chain, hint);
                OptionalLong offset = commit == null ? OptionalLong.empty() : OptionalLong.of(commit.offset());
                done.accept(partition, new Recovered(chain, Resume.after(chain, end, logStart), logStart, offset));
            });
        }
    }

    /** Names an operation in logs; equal to itself only, so that two of one chain are told apart. */
    private static final class Operation {
        private final String name;

        Operation(String name) {
            this.name = name;
        }

        @Override
        public String toString() {
            return name;
        }
    }
}

package io.tributary.consumer.kafka;

import io.tributary.consumer.upload.ClusterSilentException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * What the cluster knows: topics' ids, where logs start, what the group committed. Safe for many threads; blocks for
 * requests, so never called by the poll thread. Does not own the client.
 */
final class ClusterFacts implements ChainRecovery.Cluster {
    private final Admin admin;
    private final String group;

    ClusterFacts(Admin admin, String group) {
        this.admin = admin;
        this.group = group;
    }

    @Override
    public Map<String, String> topicIds(Collection<String> topics) throws ClusterSilentException {
        Map<String, String> ids = new HashMap<>();
        for (Map.Entry<String, KafkaFuture<TopicDescription>> entry :
                admin.describeTopics(topics).topicNameValues().entrySet()) {
            try {
                ids.put(entry.getKey(), await(entry.getValue()).topicId().toString());
            } catch (ExecutionException failure) {
                if (!(failure.getCause() instanceof UnknownTopicOrPartitionException)) {
                    throw unknown("the id of topic " + entry.getKey(), failure);
                }
            }
        }
        return ids;
    }

    /** The names of all topics, internal ones left out. */
    Set<String> topicNames() throws ClusterSilentException {
        try {
            return new HashSet<>(await(admin.listTopics().names()));
        } catch (ExecutionException failure) {
            throw unknown("the list of topics", failure);
        }
    }

    @Override
    public Map<TopicPartition, Long> logStarts(Collection<TopicPartition> partitions) throws ClusterSilentException {
        try {
            return await(admin.listOffsets(partitions.stream()
                                    .collect(Collectors.toMap(partition -> partition, x -> OffsetSpec.earliest())))
                            .all())
                    .entrySet()
                    .stream()
                    .collect(Collectors.toMap(Map.Entry::getKey, entry -> offset(entry.getValue())));
        } catch (ExecutionException failure) {
            throw unknown("where the log of " + partitions + " starts", failure);
        }
    }

    @Override
    public Map<TopicPartition, OffsetAndMetadata> committed() throws ClusterSilentException {
        try {
            Map<TopicPartition, OffsetAndMetadata> found = new HashMap<>();
            await(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata())
                    .forEach((partition, offset) -> {
                        if (offset != null) {
                            found.put(partition, offset);
                        }
                    });
            return found;
        } catch (ExecutionException failure) {
            throw unknown("the offsets of group " + group, failure);
        }
    }

    private static long offset(ListOffsetsResult.ListOffsetsResultInfo info) {
        return info.offset();
    }

    private static <T> T await(KafkaFuture<T> future) throws ExecutionException, ClusterSilentException {
        try {
            return future.get();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new ClusterSilentException("interrupted", interrupted);
        }
    }

    private static ClusterSilentException unknown(String what, ExecutionException failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        return new ClusterSilentException("kafka does not tell " + what, cause);
    }
}

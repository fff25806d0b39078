package io.tributary.testing;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicExistsException;
import org.awaitility.Awaitility;

/** Topics that are there when their creation is over. */
public final class Topics {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private Topics() {}

    /**
     * Creates topics that are not there, and waits until their leaders serve. A producer that is idempotent but not
     * transactional may else fail for ever: a leader that refuses its first batch and then takes its second knows the
     * second as the first.
     */
    public static void create(Admin admin, NewTopic... topics) {
        try {
            for (NewTopic topic : topics) {
                createIfMissing(admin, topic);
            }
            List<String> names = Arrays.stream(topics).map(NewTopic::name).toList();
            // On a busy machine the broker may not know its own topic yet.
            Awaitility.await().atMost(PATIENCE).ignoreExceptions().until(() -> serve(admin, names));
        } catch (ExecutionException refused) {
            throw new IllegalStateException(refused);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static void createIfMissing(Admin admin, NewTopic topic) throws ExecutionException, InterruptedException {
        try {
            admin.createTopics(List.of(topic)).all().get();
        } catch (ExecutionException refused) {
            if (!(refused.getCause() instanceof TopicExistsException)) {
                throw refused;
            }
        }
    }

    /** Asks each partition's leader; it is refused where one does not serve. */
    private static boolean serve(Admin admin, List<String> topics) throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetSpec> ends = admin.describeTopics(topics).allTopicNames().get().values().stream()
                .flatMap(topic -> IntStream.range(0, topic.partitions().size())
                        .mapToObj(partition -> new TopicPartition(topic.name(), partition)))
                .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
        admin.listOffsets(ends).all().get();
        return !ends.isEmpty();
    }
}

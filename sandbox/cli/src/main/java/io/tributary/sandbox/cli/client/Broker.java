package io.tributary.sandbox.cli.client;

import io.tributary.checkpoint.SourceCheckpoint;
import io.tributary.daemon.Failures;
import io.tributary.sandbox.cli.CommandFailure;
import io.tributary.staging.ChainId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/** The broker's topics, made and described. Confined to one thread; the owner closes it. */
public final class Broker implements AutoCloseable {
    private final Admin admin;

    /** Connects to {@code host:port}; nothing is sent yet. */
    public Broker(String address) {
        admin = Admin.create(
                Map.of("bootstrap.servers", address, "default.api.timeout.ms", "60000", "request.timeout.ms", "15000"));
    }

    /** Creates those of the given topics that are missing, and the checkpoint topic. */
    public void createMissing(Collection<String> topics, Collection<String> rejectedTopics, int partitions)
            throws CommandFailure {
        Set<String> known = names();
        List<NewTopic> missing = new ArrayList<>();
        for (String topic : topics) {
            missing.add(new NewTopic(topic, Optional.of(partitions), Optional.empty()));
        }
        for (String topic : rejectedTopics) {
            missing.add(new NewTopic(topic, Optional.of(1), Optional.empty()));
        }
        missing.add(new NewTopic(SourceCheckpoint.TOPIC, Optional.of(1), Optional.empty())
                .configs(Map.of("cleanup.policy", "compact")));
        missing.removeIf(topic -> known.contains(topic.name()));
        if (!missing.isEmpty()) {
            ask(() -> admin.createTopics(missing).all().get());
        }
    }

    /** The partitions of those of the given topics that exist. */
    public List<ChainId> partitions(Collection<String> topics) throws CommandFailure {
        Set<String> known = names();
        List<String> existing =
                topics.stream().filter(known::contains).distinct().toList();
        Map<String, TopicDescription> described =
                ask(() -> admin.describeTopics(existing).allTopicNames().get());
        List<ChainId> partitions = new ArrayList<>();
        for (String topic : existing) {
            TopicDescription description = described.get(topic);
            if (description != null) {
                for (int partition = 0; partition < description.partitions().size(); partition++) {
                    partitions.add(new ChainId(topic, description.topicId().toString(), partition));
                }
            }
        }
        return partitions;
    }

    /**
     * The ends of all that is committed.
     *
     * @return absent while a transaction is open or its markers are being written
     */
    public Optional<Map<ChainId, Long>> settledEnds(Collection<ChainId> partitions) throws CommandFailure {
        Map<ChainId, Long> committed = ends(partitions, IsolationLevel.READ_COMMITTED);
        Map<ChainId, Long> written = ends(partitions, IsolationLevel.READ_UNCOMMITTED);
        return committed.equals(written) ? Optional.of(committed) : Optional.empty();
    }

    private Map<ChainId, Long> ends(Collection<ChainId> partitions, IsolationLevel isolation) throws CommandFailure {
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        partitions.forEach(chain -> latest.put(topicPartition(chain), OffsetSpec.latest()));
        Map<TopicPartition, ListOffsetsResultInfo> found =
                ask(() -> admin.listOffsets(latest, new ListOffsetsOptions(isolation))
                        .all()
                        .get());
        Map<ChainId, Long> ends = new LinkedHashMap<>();
        for (ChainId chain : partitions) {
            ListOffsetsResultInfo info = found.get(topicPartition(chain));
            ends.put(chain, info == null ? 0 : info.offset());
        }
        return ends;
    }

    static TopicPartition topicPartition(ChainId chain) {
        return new TopicPartition(chain.topic(), chain.partition());
    }

    private Set<String> names() throws CommandFailure {
        return ask(() -> admin.listTopics().names().get().stream().collect(Collectors.toSet()));
    }

    @Override
    public void close() {
        admin.close();
    }

    /** A question to the broker. */
    private interface Question<T> {
        T ask() throws InterruptedException, ExecutionException;
    }

    private static <T> T ask(Question<T> question) throws CommandFailure {
        try {
            return question.ask();
        } catch (ExecutionException e) {
            throw CommandFailure.failed("Kafka: " + Failures.oneLine(e.getCause() == null ? e : e.getCause()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CommandFailure.failed("interrupted");
        }
    }
}

package io.tributary.producer.sink.kafka;

import io.tributary.checkpoint.SourceCheckpoint;
import io.tributary.producer.sink.SinkException;
import io.tributary.producer.sink.SinkException.Remedy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds out what the topics are like. The client belongs to the caller. Confined to one thread. */
final class TopicFinder {
    private static final Logger LOG = LoggerFactory.getLogger(TopicFinder.class);
    private static final int DEFAULT_MAX_MESSAGE_BYTES = 1_048_588;

    private final Admin admin;
    private final String topic;
    private final Duration timeout;

    TopicFinder(Admin admin, String topic, Duration timeout) {
        this.admin = admin;
        this.topic = topic;
        this.timeout = timeout;
    }

    static String rejectsOf(String topic) {
        return topic + ".rejected";
    }

    /**
     * All three topics.
     *
     * @throws SinkException if one is missing, or cannot hold what it is for
     */
    Topics find() throws SinkException {
        Map<String, Config> configs = configs(List.of(topic, rejectsOf(topic), SourceCheckpoint.TOPIC));
        Config checkpoints = configs.get(SourceCheckpoint.TOPIC);
        if (checkpoints != null) {
            String policy =
                    value(checkpoints, TopicConfig.CLEANUP_POLICY_CONFIG).orElse("compact");
            if (!policy.equals("compact")) {
                throw new SinkException(
                        Remedy.NONE,
                        "topic " + SourceCheckpoint.TOPIC + " has cleanup.policy=" + policy
                                + ": positions would expire and everything would be published again; set it to compact");
            }
        }
        return new Topics(find(topic, configs), find(rejectsOf(topic), configs), find(SourceCheckpoint.TOPIC, configs));
    }

    /** The id that a topic has now. */
    String idOf(String name) throws SinkException {
        return describe(name).topicId().toString();
    }

    private Topic find(String name, Map<String, Config> configs) throws SinkException {
        TopicDescription description = describe(name);
        Config config = configs.get(name);
        int maxBytes = config == null
                ? DEFAULT_MAX_MESSAGE_BYTES
                : value(config, TopicConfig.MAX_MESSAGE_BYTES_CONFIG)
                        .map(Integer::parseInt)
                        .orElse(DEFAULT_MAX_MESSAGE_BYTES);
        return new Topic(
                name, description.topicId().toString(), description.partitions().size(), maxBytes);
    }

    private TopicDescription describe(String name) throws SinkException {
        try {
            return await(Objects.requireNonNull(
                    admin.describeTopics(List.of(name)).topicNameValues().get(name)));
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof UnknownTopicOrPartitionException) {
                throw new SinkException(
                        Remedy.NONE,
                        "topic " + name + " does not exist; a source needs its topic, TOPIC.rejected and "
                                + SourceCheckpoint.TOPIC + " (compacted): create it and start again");
            }
            throw Failure.of("looking at topic " + name, failed);
        }
    }

    /** What the broker says of the topics; empty where it may not be asked or a topic is missing. */
    private Map<String, Config> configs(List<String> names) throws SinkException {
        try {
            Map<ConfigResource, Config> found = await(admin.describeConfigs(names.stream()
                            .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                            .toList())
                    .all());
            return found.entrySet().stream()
                    .collect(Collectors.toMap(entry -> entry.getKey().name(), Map.Entry::getValue));
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof AuthorizationException) {
                LOG.atWarn()
                        .addKeyValue("maxMessageBytes", DEFAULT_MAX_MESSAGE_BYTES)
                        .log("may not read the topics' configuration: taking Kafka's default for the largest record");
                return Map.of();
            }
            if (failed.getCause() instanceof UnknownTopicOrPartitionException) {
                return Map.of();
            }
            throw Failure.of("looking at the topics' configuration", failed);
        }
    }

    private static Optional<String> value(Config config, String name) {
        return Optional.ofNullable(config.get(name)).map(ConfigEntry::value);
    }

    private <T> T await(KafkaFuture<T> future) throws ExecutionException, SinkException {
        try {
            return future.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException noAnswer) {
            throw new SinkException(
                    Remedy.WAIT, "Kafka does not answer within " + timeout.toSeconds() + " s", noAnswer);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new SinkException(Remedy.NONE, "interrupted while asking Kafka", stopped);
        }
    }
}

package io.tributary.consumer.kafka;

import io.tributary.consumer.config.GroupConfig;
import io.tributary.consumer.upload.ClusterSilentException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.errors.AuthenticationException;

/** The clients of the cluster. Made and closed by one thread; the consumer then belongs to whoever polls it. */
public final class KafkaConnection implements AutoCloseable {
    private static final Duration CLOSING = Duration.ofSeconds(1);

    private final GroupConfig group;
    private final Admin admin;
    private final ClusterFacts facts;
    private final Consumer<byte[], byte[]> consumer;

    private KafkaConnection(GroupConfig group, Admin admin, Consumer<byte[], byte[]> consumer) {
        this.group = group;
        this.admin = admin;
        this.consumer = consumer;
        this.facts = new ClusterFacts(admin, group.group());
    }

    /** Makes the clients; nothing is asked yet. */
    public static KafkaConnection open(GroupConfig group) {
        return new KafkaConnection(
                group,
                KafkaClients.admin(group),
                KafkaClients.consumer(group, Runtime.getRuntime().maxMemory()));
    }

    /**
     * Tells whether the cluster answers and has the topics.
     *
     * @throws KafkaCheckException saying what is wrong and what to do
     */
    public void check() throws KafkaCheckException {
        Set<String> names;
        try {
            names = facts.topicNames();
        } catch (ClusterSilentException silent) {
            throw new KafkaCheckException(
                    "no broker of kafka.bootstrap-servers " + group.kafka().bootstrapServers()
                            + (silent.getCause() instanceof AuthenticationException
                                    ? " lets this daemon in, as kafka.client has it"
                                    : " answers"),
                    silent);
        }
        List<String> missing =
                group.topics().stream().filter(topic -> !names.contains(topic)).collect(Collectors.toList());
        if (!missing.isEmpty()) {
            throw new KafkaCheckException(
                    "topics " + missing + " do not exist: create them or take them out of 'topics'", null);
        }
        if (group.pattern().isPresent()) {
            Pattern pattern = group.pattern().get();
            if (names.stream().noneMatch(name -> pattern.matcher(name).matches())) {
                throw new KafkaCheckException("no topic matches topics-pattern: create one, or correct it", null);
            }
        }
    }

    Consumer<byte[], byte[]> consumer() {
        return consumer;
    }

    ClusterFacts facts() {
        return facts;
    }

    /** Closes all but the consumer. */
    @Override
    public void close() {
        admin.close(CLOSING);
    }
}

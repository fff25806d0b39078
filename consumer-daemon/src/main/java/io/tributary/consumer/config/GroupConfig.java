package io.tributary.consumer.config;

import io.tributary.checkpoint.SourceCheckpoint;
import io.tributary.daemon.config.ConfigSection;
import io.tributary.kafka.KafkaSettings;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * What is read from Kafka, and as whom.
 *
 * @param kafka      how to reach the cluster
 * @param topics     topics by name; empty if a pattern is given
 * @param pattern    topics by pattern
 * @param group      the consumer group
 * @param instanceId the static member's name in the group: a restarted process with the same name goes on at once
 */
public record GroupConfig(
        KafkaSettings kafka, List<String> topics, Optional<Pattern> pattern, String group, String instanceId) {
    public GroupConfig {
        topics = List.copyOf(topics);
    }

    /** Whether a topic is one of those that are staged. */
    public boolean stages(String topic) {
        return pattern.map(regex -> regex.matcher(topic).matches()).orElseGet(() -> topics.contains(topic));
    }

    /** The topics for people: by name, or under the group's name where there is a pattern. */
    public List<String> names() {
        return pattern.isPresent() ? List.of(group) : topics;
    }

    static GroupConfig read(ConfigSection root) {
        List<String> topics =
                root.texts("topics").doc("Topics to stage, by name.").orDefault("");
        Optional<String> text = root.text("topics-pattern")
                .doc("Topics to stage, by a regular expression on the whole name; instead of topics. Topics made later "
                        + "are found within metadata.max.age.ms.")
                .must("be a regular expression", GroupConfig::compiles)
                .optional();
        if (topics.isEmpty() == text.isEmpty()) {
            root.reject("topics", "either topics or topics-pattern must be set");
        }
        ConfigSection kafka = root.section("kafka");
        KafkaSettings settings = KafkaSettings.read(kafka);
        return new GroupConfig(
                settings,
                topics,
                text.filter(GroupConfig::compiles).map(GroupConfig::dataTopics),
                kafka.text("group")
                        .doc("The consumer group; daemons of one group share the partitions.")
                        .required(),
                kafka.text("instance-id")
                        .doc("This daemon's name in the group, unique in it and kept over restarts, so that a killed "
                                + "daemon reads again at once; absent takes the host's name.")
                        .must("be letters, digits, '.', '_' or '-'", id -> id.matches("[a-zA-Z0-9._-]{1,249}"))
                        .optional()
                        .orElseGet(GroupConfig::hostName));
    }

    /** Checkpoints are the producers' own. */
    private static Pattern dataTopics(String text) {
        return Pattern.compile("(?!" + Pattern.quote(SourceCheckpoint.TOPIC) + "$)(?:" + text + ")");
    }

    private static boolean compiles(String text) {
        try {
            Pattern.compile(text);
            return true;
        } catch (PatternSyntaxException malformed) {
            return false;
        }
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName().replaceAll("[^a-zA-Z0-9._-]", "-");
        } catch (UnknownHostException nameless) {
            return "consumer";
        }
    }
}

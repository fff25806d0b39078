package io.tributary.consumer.kafka;

import io.tributary.consumer.config.GroupConfig;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Makes the clients of the cluster, with the settings that delivery rests on. */
final class KafkaClients {
    private static final long MIB = 1024 * 1024;
    private static final int REQUEST_MILLIS = 8_000;

    private KafkaClients() {}

    /** Owned and closed by the caller. */
    static Consumer<byte[], byte[]> consumer(GroupConfig group, long heap) {
        Map<String, Object> ours = new HashMap<>();
        // What a user may set otherwise.
        suggest(ours, group, "fetch.max.bytes", Math.max(2 * MIB, Math.min(50 * MIB, heap / 16)));
        suggest(ours, group, "max.poll.records", Math.max(500, Math.min(8000, heap / 64 / 1024)));
        suggest(ours, group, "receive.buffer.bytes", MIB);
        suggest(ours, group, "client.id", "tributary-consumer-" + group.instanceId());
        // What delivery rests on.
        ours.put("group.id", group.group());
        ours.put("group.instance.id", group.instanceId());
        ours.put("group.protocol", "classic");
        ours.put("partition.assignment.strategy", CooperativeStickyAssignor.class.getName());
        ours.put("enable.auto.commit", false);
        ours.put("auto.offset.reset", "none");
        ours.put("isolation.level", "read_committed");
        ours.put("allow.auto.create.topics", false);
        return new KafkaConsumer<>(
                group.kafka().properties(ours), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** Reads outside of any group. Owned and closed by the caller. */
    static Consumer<byte[], byte[]> reader(GroupConfig group) {
        Map<String, Object> ours = new HashMap<>();
        suggest(ours, group, "client.id", "tributary-consumer-" + group.instanceId() + "-replay");
        ours.put("enable.auto.commit", false);
        ours.put("auto.offset.reset", "none");
        ours.put("isolation.level", "read_committed");
        ours.put("allow.auto.create.topics", false);
        return new KafkaConsumer<>(
                group.kafka().properties(ours), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** Owned and closed by the caller. */
    static Admin admin(GroupConfig group) {
        Map<String, Object> ours = new HashMap<>();
        suggest(ours, group, "client.id", "tributary-consumer-" + group.instanceId() + "-admin");
        suggest(ours, group, "default.api.timeout.ms", REQUEST_MILLIS);
        suggest(ours, group, "request.timeout.ms", REQUEST_MILLIS);
        return Admin.create(group.kafka().properties(ours));
    }

    private static void suggest(Map<String, Object> ours, GroupConfig group, String property, Object value) {
        if (!group.kafka().client().containsKey(property)) {
            ours.put(property, value.toString());
        }
    }
}

package io.tributary.kafka;

import io.tributary.daemon.config.ConfigSection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How to reach the Kafka cluster.
 *
 * @param bootstrapServers brokers to begin with, {@code host:port}
 * @param client           properties handed to every Kafka client as they are, for example for TLS and authentication
 */
public record KafkaSettings(List<String> bootstrapServers, Map<String, String> client) {
    public KafkaSettings {
        bootstrapServers = List.copyOf(bootstrapServers);
        client = Map.copyOf(client);
    }

    /** Reads the section {@code kafka}. */
    public static KafkaSettings read(ConfigSection kafka) {
        return new KafkaSettings(
                kafka.texts("bootstrap-servers")
                        .doc("Brokers to begin with, host:port.")
                        .must(
                                "be a list of host:port, with at least one element",
                                servers -> !servers.isEmpty()
                                        && servers.stream().allMatch(server -> server.matches("[^:\\s]+:[0-9]{1,5}")))
                        .required(),
                kafka.map(
                        "client",
                        "Properties handed to every Kafka client as they are, such as security.protocol. Those that "
                                + "delivery rests on are set by the program and win."));
    }

    /** The properties of a client: the user's own, with the program's on top. */
    public Map<String, Object> properties(Map<String, Object> ours) {
        Map<String, Object> properties = new LinkedHashMap<>(client);
        properties.put("bootstrap.servers", String.join(",", bootstrapServers));
        properties.putAll(ours);
        return properties;
    }

    /** Hides values: passwords may be among them. */
    @Override
    public String toString() {
        return "KafkaSettings[" + bootstrapServers + ", client keys " + client.keySet() + "]";
    }
}

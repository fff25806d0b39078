package io.tributary.sandbox.cli.audit;

import java.util.List;
import java.util.Map;

/**
 * Which tables a topic's records go to.
 *
 * @param tables the names of the tables for each topic
 */
public record Feeds(Map<String, List<String>> tables) {
    public Feeds {
        tables = Map.copyOf(tables);
    }

    List<String> of(String topic) {
        return tables.getOrDefault(topic, List.of());
    }
}

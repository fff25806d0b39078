package io.tributary.etl.table;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.etl.EtlException;
import io.tributary.etl.read.ChainPosition;
import io.tributary.staging.ChainId;
import java.util.Comparator;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How far chains are merged into a table. Immutable.
 *
 * @param chains the position in each chain
 */
public record Watermark(SortedMap<ChainId, ChainPosition> chains) {
    /** The key in a snapshot's summary. */
    public static final String PROPERTY = "tributary.watermark";

    /** Nothing is merged. */
    public static final Watermark NONE = new Watermark(new TreeMap<>(order()));

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private static Comparator<ChainId> order() {
        return Comparator.comparing(ChainId::topic)
                .thenComparing(ChainId::incarnation)
                .thenComparingInt(ChainId::partition);
    }

    /** The positions in the chains of one topic. */
    public Map<ChainId, ChainPosition> of(String topic) {
        TreeMap<ChainId, ChainPosition> result = new TreeMap<>(order());
        chains.forEach((chain, position) -> {
            if (chain.topic().equals(topic)) {
                result.put(chain, position);
            }
        });
        return result;
    }

    /** The position in a chain. */
    public ChainPosition at(ChainId chain) {
        return chains.getOrDefault(chain, ChainPosition.START);
    }

    /** This with other positions for some chains. */
    public Watermark with(Map<ChainId, ChainPosition> moved) {
        TreeMap<ChainId, ChainPosition> result = new TreeMap<>(order());
        result.putAll(chains);
        result.putAll(moved);
        return new Watermark(result);
    }

    /**
     * This with other positions for the chains that they are further in. What a run that was killed has published stays
     * published, even where the next run takes a smaller batch.
     */
    public Watermark withFurther(Map<ChainId, ChainPosition> moved) {
        TreeMap<ChainId, ChainPosition> result = new TreeMap<>(order());
        result.putAll(chains);
        moved.forEach((chain, position) ->
                result.merge(chain, position, (known, other) -> known.next() >= other.next() ? known : other));
        return new Watermark(result);
    }

    /** As in a snapshot's summary. */
    public String toJson() {
        ObjectNode root = MAPPER.createObjectNode();
        chains.forEach((chain, position) -> {
            ObjectNode node = root.putObject(chain.toString());
            node.put("next", position.next()).put("records", position.records());
            if (position.knowsLink()) {
                node.put("link", position.link());
            }
        });
        return root.toString();
    }

    /** The inverse of {@link #toJson()}. */
    public static Watermark parse(String json) {
        JsonNode root;
        try {
            root = MAPPER.readTree(json);
        } catch (JsonProcessingException malformed) {
            throw new EtlException("a snapshot's " + PROPERTY + " is not JSON: " + json, malformed);
        }
        TreeMap<ChainId, ChainPosition> chains = new TreeMap<>(order());
        root.fields()
                .forEachRemaining(entry -> chains.put(
                        ChainId.parse(entry.getKey()),
                        new ChainPosition(
                                entry.getValue().path("next").asLong(),
                                entry.getValue().path("records").asLong(),
                                entry.getValue().path("link").asLong(-1))));
        return new Watermark(chains);
    }
}

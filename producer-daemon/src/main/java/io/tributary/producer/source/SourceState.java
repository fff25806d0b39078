package io.tributary.producer.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where a source stands, in its own terms; immutable. The parts are positions that move independently, such as those of
 * single files: a state that accompanies a batch names only those that the batch moved.
 *
 * @param position of the source as a whole; JSON null before the first batch
 * @param parts    positions beneath it, by name
 */
public record SourceState(JsonNode position, Map<String, JsonNode> parts) {
    public SourceState {
        parts = Map.copyOf(parts);
    }

    /** Nothing published yet. */
    public static SourceState beginning() {
        return new SourceState(NullNode.getInstance(), Map.of());
    }

    /** This state after a batch that ended at {@code later}. */
    public SourceState then(SourceState later) {
        Map<String, JsonNode> merged = new LinkedHashMap<>(parts);
        merged.putAll(later.parts);
        return new SourceState(later.position, merged);
    }
}

package io.tributary.checkpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What a source has published, written to the checkpoint topic in the same transaction as the records that it counts.
 *
 * @param source    the source's name, unique in the cluster; also the record's key
 * @param published cumulative counts, one for each partition of each topic incarnation that it wrote to
 * @param position  where the source goes on; its form is the source's own
 */
public record SourceCheckpoint(String source, List<PublishedCount> published, JsonNode position) {
    /** The compacted topic that holds the checkpoints of all sources. */
    public static final String TOPIC = "tributary.checkpoints";

    private static final int FORMAT = 1;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    public SourceCheckpoint {
        published = List.copyOf(published);
    }

    /** The record value: UTF-8 JSON. */
    public byte[] encode() {
        ObjectNode root = MAPPER.createObjectNode();
        root.put("format", FORMAT);
        root.put("source", source);
        ArrayNode counts = root.putArray("published");
        for (PublishedCount count : published) {
            counts.addObject()
                    .put("topic", count.topic())
                    .put("incarnation", count.incarnation())
                    .put("partition", count.partition())
                    .put("records", count.records());
        }
        root.set("position", position);
        try {
            return MAPPER.writeValueAsBytes(root);
        } catch (JsonProcessingException cannotHappenOnTrees) {
            throw new AssertionError(cannotHappenOnTrees);
        }
    }

    /**
     * Whether a record of the checkpoint topic is a source's checkpoint, and not one of the position records that a
     * source keeps beneath its name ({@code source/...}).
     */
    public static boolean isCheckpointKey(byte[] key) {
        return new String(key, StandardCharsets.UTF_8).indexOf('/') < 0;
    }

    /**
     * Reads a record value back.
     *
     * @throws IllegalArgumentException if the bytes are no checkpoint of a known format
     */
    public static SourceCheckpoint decode(byte[] value) {
        JsonNode root;
        try {
            root = MAPPER.readTree(value);
        } catch (IOException malformed) {
            throw new IllegalArgumentException("a checkpoint is not JSON", malformed);
        }
        if (root.path("format").asInt() != FORMAT) {
            throw new IllegalArgumentException("a checkpoint has format " + root.path("format")
                    + "; this version reads " + FORMAT + ": upgrade before starting this source");
        }
        List<PublishedCount> published = new ArrayList<>();
        for (JsonNode count : root.path("published")) {
            published.add(new PublishedCount(
                    count.path("topic").asText(),
                    count.path("incarnation").asText(),
                    count.path("partition").asInt(-1),
                    count.path("records").asLong(-1)));
        }
        return new SourceCheckpoint(root.path("source").asText(), published, root.path("position"));
    }
}

package io.tributary.producer.source.rejects;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Base64;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which rejects were published again: a bit for each offset, kept in blocks, of which each is a position of its own, so
 * that a transaction carries only those it moved and any selection of rejects may be published in any order. Confined to
 * one thread.
 */
final class PublishedRejects {
    private static final int FORMAT = 1;
    private static final int BLOCK = 1024;

    private final Map<String, BitSet> blocks = new LinkedHashMap<>();

    /**
     * What was committed.
     *
     * @throws IllegalArgumentException if a position is of an unknown format
     */
    static PublishedRejects of(Map<String, JsonNode> parts) {
        PublishedRejects published = new PublishedRejects();
        parts.forEach((block, json) -> {
            if (json.path("format").asInt() != FORMAT) {
                throw new IllegalArgumentException("its position " + block + " has format " + json.path("format")
                        + "; this version reads " + FORMAT + ": upgrade before starting this source");
            }
            published.blocks.put(
                    block,
                    BitSet.valueOf(
                            Base64.getDecoder().decode(json.path("published").asText())));
        });
        return published;
    }

    /** The name of the position that holds a reject's bit. */
    static String block(RejectId id) {
        return id.topic() + "/" + id.incarnation() + "/" + id.partition() + "/" + id.offset() / BLOCK;
    }

    boolean contains(RejectId id) {
        BitSet block = blocks.get(block(id));
        return block != null && block.get((int) (id.offset() % BLOCK));
    }

    void add(RejectId id) {
        blocks.computeIfAbsent(block(id), none -> new BitSet()).set((int) (id.offset() % BLOCK));
    }

    /** A block's position. */
    JsonNode toJson(String block) {
        byte[] bits = blocks.getOrDefault(block, new BitSet()).toByteArray();
        return JsonNodeFactory.instance
                .objectNode()
                .put("format", FORMAT)
                .put("published", Base64.getEncoder().encodeToString(bits));
    }
}

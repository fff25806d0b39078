package io.tributary.staging;

import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import java.io.IOException;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One line of a link, read back. For audits and tests; the lake reads lines with Spark.
 *
 * @param offset    the record's offset
 * @param timestamp its timestamp, epoch milliseconds
 * @param key       its key, if it has one that is text
 * @param value     its value; JSON null for a tombstone and for what could not be decoded
 * @param headers   its headers as a JSON object, if it has any
 * @param error     why it could not be decoded, if it could not
 * @param raw       the bytes of the value that could not be decoded
 */
public record StagedLine(
        long offset,
        long timestamp,
        Optional<String> key,
        JsonNode value,
        Optional<JsonNode> headers,
        Optional<String> error,
        Optional<byte[]> raw) {
    /** Reads whatever {@link JsonCheck} lets pass: limits of the parser's own would make a good line look broken. */
    private static final ObjectMapper MAPPER = new ObjectMapper(new JsonFactoryBuilder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(JsonCheck.MAX_DEPTH + 1)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .enable(StreamReadFeature.USE_FAST_BIG_NUMBER_PARSER)
            .build());

    /**
     * Reads a line, with or without its line feed.
     *
     * @throws IllegalArgumentException if it is not a line of a link
     */
    public static StagedLine parse(byte[] line) {
        JsonNode node;
        try {
            node = MAPPER.readTree(line);
        } catch (IOException malformed) {
            throw new IllegalArgumentException("a staged line is not JSON", malformed);
        }
        if (!node.path("offset").isIntegralNumber() || !node.path("timestamp").isIntegralNumber()) {
            throw new IllegalArgumentException("a staged line lacks its offset or timestamp");
        }
        JsonNode value = node.get("value");
        return new StagedLine(
                node.get("offset").longValue(),
                node.get("timestamp").longValue(),
                Optional.ofNullable(text(node.get("key"))),
                value == null ? NullNode.getInstance() : value,
                Optional.ofNullable(node.get("headers")),
                Optional.ofNullable(text(node.get("error"))),
                Optional.ofNullable(text(node.get("raw"))).map(Base64.getDecoder()::decode));
    }

    private static @Nullable String text(@Nullable JsonNode node) {
        return node == null || node.isNull() ? null : node.textValue();
    }
}

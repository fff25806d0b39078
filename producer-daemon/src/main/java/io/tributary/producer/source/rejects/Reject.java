package io.tributary.producer.source.rejects;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tributary.producer.source.RecordHeader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One row of the table of rejects as a line of JSON, perhaps with a corrected {@code value} or {@code key}. Immutable.
 */
record Reject(JsonNode row, RejectId id) {
    /** Names the record that a record was published again for. */
    static final String HEADER = "tributary-redrive";

    /** The stage of rows that a source refused: what is raw there is a row of a file, and no record. */
    private static final String SOURCE = "source";

    private static final String REJECTED = ".rejected";
    /** Numbers stay as they are written. */
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    /**
     * Reads a line.
     *
     * @throws IOException saying what is wrong with it
     */
    static Reject parse(byte[] line) throws IOException {
        JsonNode row;
        try {
            row = MAPPER.readTree(line);
        } catch (JsonProcessingException malformed) {
            throw new IOException("is not one JSON object: " + malformed.getOriginalMessage(), malformed);
        }
        if (row == null || !row.isObject()) {
            throw new IOException("is not one JSON object");
        }
        for (String column : List.of("stage", "topic", "_incarnation")) {
            if (!row.path(column).isTextual()) {
                throw new IOException("has no text \"" + column + "\": export whole rows of the table rejected");
            }
        }
        for (String column : List.of("partition", "offset")) {
            if (!row.path(column).isIntegralNumber() || row.path(column).asLong() < 0) {
                throw new IOException("has no number \"" + column + "\": export whole rows of the table rejected");
            }
        }
        return new Reject(
                row,
                new RejectId(
                        row.path("topic").asText(),
                        row.path("_incarnation").asText(),
                        row.path("partition").asInt(),
                        row.path("offset").asLong()));
    }

    /** The topic that it is to be published to. */
    String target() {
        String topic = id.topic();
        return refusedBySource() && topic.endsWith(REJECTED)
                ? topic.substring(0, topic.length() - REJECTED.length())
                : topic;
    }

    /** Why it cannot be published as it is; empty if it can. */
    Optional<String> lack() {
        if (row.hasNonNull("value")) {
            return Optional.empty();
        }
        if (refusedBySource()) {
            return Optional.of("a row that a source refused is no record: add the record as \"value\"");
        }
        return row.path("raw").isTextual()
                ? Optional.empty()
                : Optional.of("it has neither \"raw\" nor \"value\": add \"value\"");
    }

    /**
     * The record's value: the corrected one, or what was refused, byte by byte.
     *
     * @throws IOException if {@code raw} is not in its encoding
     */
    byte[] value() throws IOException {
        if (row.hasNonNull("value")) {
            return MAPPER.writeValueAsBytes(row.path("value"));
        }
        String raw = row.path("raw").asText();
        return isBase64() ? base64("raw", raw) : utf8(raw);
    }

    /** The record's key; null for none. */
    byte @Nullable [] key() throws IOException {
        if (row.hasNonNull("key")) {
            return utf8(row.path("key").asText());
        }
        return row.hasNonNull("raw_key") ? base64("raw_key", row.path("raw_key").asText()) : null;
    }

    /** The record's headers, and one more that names the reject. Headers without a value are left out. */
    List<RecordHeader> headers() throws IOException {
        List<RecordHeader> headers = new ArrayList<>();
        JsonNode before = row.path("headers");
        if (before.isTextual()) {
            try {
                before = MAPPER.readTree(before.asText());
            } catch (JsonProcessingException malformed) {
                throw new IOException("has \"headers\" that are no JSON object", malformed);
            }
        }
        for (Map.Entry<String, JsonNode> header : before.properties()) {
            if (!header.getKey().equals(HEADER)) {
                add(header.getKey(), header.getValue(), headers);
            }
        }
        headers.add(new RecordHeader(HEADER, utf8(id.toString())));
        return headers;
    }

    private static void add(String name, JsonNode value, List<RecordHeader> headers) throws IOException {
        if (value.isArray()) {
            for (JsonNode one : value) {
                add(name, one, headers);
            }
        } else if (value.isObject()) {
            headers.add(new RecordHeader(
                    name, base64("headers", value.path("base64").asText())));
        } else if (!value.isNull()) {
            headers.add(new RecordHeader(name, utf8(value.asText())));
        }
    }

    private boolean refusedBySource() {
        return row.path("stage").asText().equals(SOURCE);
    }

    private boolean isBase64() {
        return row.path("raw_encoding").asText().equals("base64");
    }

    private static byte[] base64(String column, String text) throws IOException {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException malformed) {
            throw new IOException("has a \"" + column + "\" that is not base64", malformed);
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

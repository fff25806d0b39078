package io.tributary.producer.source.dataset.ndjson;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.tributary.producer.source.dataset.record.RecordReader;
import io.tributary.staging.JsonCheck;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Checks lines and takes the key out of them; the value is the line itself. Confined to one thread. */
public final class JsonLine {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final JsonFactory FACTORY = MAPPER.getFactory();

    private final List<String> keyColumns;

    /** Lines whose key is made of these members of the object; none for no key. */
    public JsonLine(List<String> keyColumns) {
        this.keyColumns = List.copyOf(keyColumns);
    }

    /** The line's bytes. The line is {@linkplain RecordReader#held() held}. */
    public static byte[] value(RecordReader line) {
        return Arrays.copyOfRange(line.array(), line.from(), line.to());
    }

    /** Why the line cannot be read at all; empty if its bytes are there to check. */
    public static Optional<String> unreadable(RecordReader line) {
        return line.held() ? Optional.empty() : Optional.of(line.tooLong("line"));
    }

    /** Why the line is no record; empty if it is exactly one JSON object in UTF-8. */
    public static Optional<String> problem(byte[] value) {
        Optional<String> malformed = new JsonCheck(value).problem();
        if (malformed.isPresent()) {
            return malformed.map(reason -> "the line is no JSON: " + reason);
        }
        int at = 0;
        while (value[at] == ' ' || value[at] == '\t' || value[at] == '\r') {
            at++;
        }
        return value[at] == '{' ? Optional.empty() : Optional.of("the line is JSON, but no object");
    }

    /** The record's key: the text of the key's member, a JSON array of several, or null without any. */
    public byte @Nullable [] key(byte[] value) {
        if (keyColumns.isEmpty()) {
            return null;
        }
        Map<String, String> found = members(value);
        if (keyColumns.size() == 1) {
            String only = found.get(keyColumns.get(0));
            return only == null ? null : only.getBytes(StandardCharsets.UTF_8);
        }
        ArrayNode parts = MAPPER.createArrayNode();
        keyColumns.forEach(column -> parts.add(found.get(column)));
        return parts.toString().getBytes(StandardCharsets.UTF_8);
    }

    private Map<String, String> members(byte[] value) {
        Map<String, String> found = new LinkedHashMap<>();
        try (JsonParser parser = FACTORY.createParser(value)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                JsonToken token = parser.nextToken();
                if (!keyColumns.contains(name)) {
                    parser.skipChildren();
                } else if (token.isStructStart()) {
                    JsonNode tree = parser.readValueAsTree();
                    found.put(name, tree.toString());
                } else if (token != JsonToken.VALUE_NULL) {
                    found.put(name, parser.getText());
                } else {
                    found.remove(name);
                }
            }
        } catch (IOException checkedBefore) {
            throw new UncheckedIOException(checkedBefore);
        }
        return found;
    }
}

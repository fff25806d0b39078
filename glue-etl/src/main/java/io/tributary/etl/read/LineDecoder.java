package io.tributary.etl.read;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.tributary.etl.schema.RefusedValueException;
import io.tributary.etl.schema.ValueBytes;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Decodes one line at a time: its own fields here, its value by whoever is given. Holds the last line's fields.
 * Confined to one thread.
 */
final class LineDecoder {
    private static final long ABSENT = Long.MIN_VALUE;

    private final PendingLink link;
    private final OnValue onValue;
    private long expected;

    private ValueBytes line = new ValueBytes(new byte[0], 0, 0);
    private long offset;
    private long timestamp;
    private @Nullable String key;
    private boolean hasValue;
    private int valueStart;
    private int valueEnd;
    private @Nullable String error;
    private @Nullable String raw;
    private @Nullable String rawKey;
    private @Nullable String headers;
    private @Nullable String refusal;

    /** What is done with a value that is not null. */
    interface OnValue {
        /** Reads the value at which the parser stands; leaves the parser at the value's end, even when it refuses. */
        void read(JsonParser parser, ValueBytes line) throws IOException, RefusedValueException;
    }

    LineDecoder(PendingLink link, OnValue onValue) {
        this.link = link;
        this.onValue = onValue;
        this.expected = link.from();
    }

    /**
     * Decodes the line.
     *
     * @return whether it is one that is not merged yet; the others are only checked for their order
     * @throws CorruptLinkException if it is no line, or its offset is not in its place
     */
    boolean decode(LinkLines lines) throws IOException {
        clear();
        line = new ValueBytes(lines.buffer(), lines.start(), lines.length());
        try (JsonParser parser = line.parser()) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw corrupt("a line is no JSON object");
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                if (field(name, parser)) {
                    return false;
                }
            }
        } catch (JsonProcessingException malformed) {
            throw corrupt("the line after offset " + (expected - 1) + " is not JSON");
        }
        if (timestamp == ABSENT || offset == ABSENT) {
            throw corrupt("the line after offset " + (expected - 1) + " lacks its offset or timestamp");
        }
        return true;
    }

    private void clear() {
        offset = ABSENT;
        timestamp = ABSENT;
        key = null;
        hasValue = false;
        error = null;
        raw = null;
        rawKey = null;
        headers = null;
        refusal = null;
    }

    /** Takes one field; true if the line is merged already. */
    private boolean field(String name, JsonParser parser) throws IOException {
        switch (name) {
            case "offset" -> {
                offset = parser.getLongValue();
                if (offset < expected || offset >= link.next()) {
                    throw corrupt("offset " + offset + " is not in [" + expected + ", " + link.next() + ")");
                }
                expected = offset + 1;
                return offset < link.watermark();
            }
            case "timestamp" -> timestamp = parser.getLongValue();
            case "key" -> key = parser.getValueAsString();
            case "value" -> value(parser);
            case "headers" -> headers = line.textOfValue(parser);
            case "error" -> error = parser.getValueAsString();
            case "raw" -> raw = parser.getValueAsString();
            case "rawKey" -> rawKey = parser.getValueAsString();
            default -> parser.skipChildren();
        }
        return false;
    }

    private void value(JsonParser parser) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            return;
        }
        hasValue = true;
        valueStart = ValueBytes.tokenStart(parser);
        try {
            onValue.read(parser, line);
        } catch (RefusedValueException refused) {
            refusal = refused.getMessage();
        }
        valueEnd = ValueBytes.tokenEnd(parser);
    }

    private CorruptLinkException corrupt(String problem) {
        return new CorruptLinkException(link.key(), problem);
    }

    long offset() {
        return offset;
    }

    long timestamp() {
        return timestamp;
    }

    @Nullable String key() {
        return key;
    }

    /** Whether the record deletes its key. */
    boolean isTombstone() {
        return !hasValue && error == null;
    }

    /** Why the record could not be decoded before it was staged, if it could not. */
    @Nullable String error() {
        return error;
    }

    /** Why its value cannot become a row, if it cannot. */
    @Nullable String refusal() {
        return refusal;
    }

    @Nullable String raw() {
        return raw;
    }

    @Nullable String rawKey() {
        return rawKey;
    }

    @Nullable String headers() {
        return headers;
    }

    /** The value's JSON as it was published; null if there is none. */
    @Nullable String valueText() {
        return hasValue ? line.text(valueStart, valueEnd) : null;
    }
}

package io.tributary.producer.source.mastodon.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Optional;

/** Reads the text frames of a WebSocket: JSON in which the payload is a text that is JSON again, or a bare id. */
public final class SocketMessages {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private SocketMessages() {}

    /** The message of a frame; empty where the frame is none. */
    public static Optional<StreamMessage> read(String frame) {
        JsonNode json;
        try {
            json = MAPPER.readTree(frame);
        } catch (JsonProcessingException malformed) {
            return Optional.empty();
        }
        JsonNode event = json.path("event");
        if (!event.isTextual()) {
            return Optional.empty();
        }
        JsonNode payload = json.path("payload");
        String text = payload.isMissingNode() || payload.isNull()
                ? ""
                : payload.isValueNode() ? payload.asText() : payload.toString();
        return Optional.of(new StreamMessage(event.textValue(), text));
    }
}

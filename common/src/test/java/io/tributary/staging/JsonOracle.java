package io.tributary.staging;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Optional;

/** What is JSON, told by another reader: strictly decoded text, read as a tree, with nothing after the value. */
final class JsonOracle {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private JsonOracle() {}

    static boolean accepts(byte[] bytes) {
        Optional<String> text = Utf8.decode(bytes);
        if (text.isEmpty()) {
            return false;
        }
        try {
            JsonNode node = MAPPER.reader()
                    .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .readTree(text.get());
            return node != null && !node.isMissingNode();
        } catch (JsonProcessingException notJson) {
            return false;
        }
    }
}

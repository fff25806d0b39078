package io.tributary.producer.source.mastodon;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Takes an answer apart into the JSON texts of its statuses, so that an odd one does not spoil the others. Pure. */
final class RawStatuses {
    private static final JsonFactory FACTORY = new JsonFactory();

    private RawStatuses() {}

    /**
     * The elements of a JSON array.
     *
     * @throws IOException if the text is no JSON array
     */
    static List<String> of(String body) throws IOException {
        List<String> all = new ArrayList<>();
        try (JsonParser parser = FACTORY.createParser(body)) {
            if (parser.nextToken() != JsonToken.START_ARRAY) {
                throw new IOException("no JSON array");
            }
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                int from = (int) parser.currentTokenLocation().getCharOffset();
                parser.skipChildren();
                parser.finishToken();
                all.add(body.substring(from, (int) parser.currentLocation().getCharOffset()));
            }
        }
        return all;
    }
}

package io.tributary.producer.source.mastodon;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What real servers answered, byte by byte. */
final class Recordings {
    static final List<String> STATUSES = List.of(
            "gotosocial-0.19.2-statuses.ndjson", "gotosocial-0.20-statuses.ndjson", "snac-2.75-statuses.ndjson");

    private Recordings() {}

    static byte[] bytes(String name) {
        try (InputStream in = Recordings.class.getResourceAsStream("/mastodon/" + name)) {
            if (in == null) {
                throw new AssertionError("no recording " + name);
            }
            return in.readAllBytes();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static List<String> lines(String name) {
        return new String(bytes(name), StandardCharsets.UTF_8).lines().toList();
    }

    /** The statuses of a recording, as they were served. */
    static List<JsonNode> statuses(String name) {
        List<JsonNode> all = new ArrayList<>();
        for (String line : lines(name)) {
            try {
                all.add(StatusReader.MAPPER.readTree(line).path("status"));
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
        return all;
    }
}

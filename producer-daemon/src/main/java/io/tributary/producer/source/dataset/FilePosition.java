package io.tributary.producer.source.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * How far a file is published, and by what it is known again.
 *
 * @param size      as it was, in stored bytes
 * @param version   the store's, as it was; empty where there is none
 * @param head      its beginning
 * @param last      the last record that was published, unless it was too long to keep
 * @param offset    where the next record begins, in unpacked bytes
 * @param ordinal   the next record's number, from 0
 * @param line      the line that the next record begins on, from 1
 * @param openEnded whether the last record ended with the file instead of a line end
 * @param atEnd     whether the file held no more
 */
record FilePosition(
        long size,
        String version,
        Digest head,
        Optional<Digest> last,
        long offset,
        long ordinal,
        long line,
        boolean openEnded,
        boolean atEnd) {
    private static final int FORMAT = 1;

    JsonNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("format", FORMAT).put("size", size).put("version", version);
        json.set("head", head.toJson());
        last.ifPresent(digest -> json.set("last", digest.toJson()));
        return json.put("offset", offset)
                .put("ordinal", ordinal)
                .put("line", line)
                .put("openEnded", openEnded)
                .put("atEnd", atEnd);
    }

    /**
     * Reads a position back.
     *
     * @throws IllegalArgumentException if it is none of a known format
     */
    static FilePosition fromJson(JsonNode json) {
        if (json.path("format").asInt() != FORMAT) {
            throw new IllegalArgumentException("its position has format " + json.path("format")
                    + "; this version reads " + FORMAT + ": upgrade before starting this source");
        }
        return new FilePosition(
                json.path("size").asLong(),
                json.path("version").asText(),
                Digest.fromJson(json.path("head")),
                json.has("last") ? Optional.of(Digest.fromJson(json.path("last"))) : Optional.empty(),
                json.path("offset").asLong(),
                json.path("ordinal").asLong(),
                json.path("line").asLong(),
                json.path("openEnded").asBoolean(),
                json.path("atEnd").asBoolean());
    }
}

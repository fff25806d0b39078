package io.tributary.producer.source.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The digest of a range of unpacked bytes.
 *
 * @param from   the first byte
 * @param to     the byte behind the last one
 * @param sha256 in hexadecimal
 */
record Digest(long from, long to, String sha256) {

    /** The digest of {@code length} bytes of an array, which stand at {@code from} in the file. */
    static Digest of(long from, byte[] bytes, int start, int length) {
        MessageDigest sha = newSha256();
        sha.update(bytes, start, length);
        return new Digest(from, from + length, HexFormat.of().formatHex(sha.digest()));
    }

    JsonNode toJson() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("from", from)
                .put("to", to)
                .put("sha256", sha256);
    }

    static Digest fromJson(JsonNode json) {
        return new Digest(
                json.path("from").asLong(),
                json.path("to").asLong(),
                json.path("sha256").asText());
    }

    private static MessageDigest newSha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException everyPlatformHasIt) {
            throw new AssertionError(everyPlatformHasIt);
        }
    }
}

package io.tributary.producer.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.staging.Utf8;
import java.util.Base64;
import java.util.List;

/**
 * Something that a source refuses, and why.
 *
 * @param source the file or URL
 * @param line   the line on which it begins, from 1
 * @param from   its first byte
 * @param to     the byte behind its last one
 * @param reason why it is refused
 */
public record RejectedRow(String source, long line, long from, long to, String reason) {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    /** What a byte of raw text can become in JSON: {@code \u0000}. */
    private static final int MOST_PER_BYTE = 6;

    /** A reason may quote a field. */
    private static final int MOST_REASON = 1000;

    /**
     * How many raw bytes fit in one part, whatever they are. Parts are cut at bytes, so that a character may fall on two:
     * what is whole again are the bytes of all parts together.
     *
     * @param maxReject the largest reject record
     */
    public int rawPerPart(int maxReject) {
        int frame = RecordLimits.size(null, encode(new byte[0], Integer.MAX_VALUE, Integer.MAX_VALUE), List.of());
        return Math.max(1, (maxReject - frame) / MOST_PER_BYTE);
    }

    /**
     * One part as a record's value.
     *
     * @param raw   the part's bytes: text as it is, anything else in base64
     * @param part  which part, from 1
     * @param parts how many there are
     */
    public byte[] encode(byte[] raw, int part, int parts) {
        String shortReason = reason.length() <= MOST_REASON ? reason : reason.substring(0, MOST_REASON) + "...";
        ObjectNode json = MAPPER.createObjectNode()
                .put("source", source)
                .put("line", line)
                .put("from", from)
                .put("to", to)
                .put("reason", shortReason);
        Utf8.decode(raw)
                .ifPresentOrElse(
                        text -> json.put("raw", text).put("rawEncoding", "utf-8"),
                        () -> json.put("raw", Base64.getEncoder().encodeToString(raw))
                                .put("rawEncoding", "base64"));
        json.put("part", part).put("parts", parts);
        try {
            return MAPPER.writeValueAsBytes(json);
        } catch (JsonProcessingException cannotHappenOnTrees) {
            throw new AssertionError(cannotHappenOnTrees);
        }
    }
}

package io.tributary.producer.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.staging.Utf8;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

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
    /** A reason may quote a field. */
    private static final int MOST_REASON = 1000;

    /**
     * How many raw bytes fit in one part, whatever they are. Parts are cut at bytes, so that a character may fall on two:
     * what is whole again are the bytes of all parts together.
     *
     * @param maxReject the largest reject record
     */
    public int rawPerPart(int maxReject) {
        byte[] frame = json("", "base64", Integer.MAX_VALUE, Integer.MAX_VALUE);
        return Math.max(1, (maxReject - RecordLimits.size(null, frame, List.of())) / 4 * 3);
    }

    /**
     * One part as a record's value. Raw bytes that are text stand as text, as long as that fits; all others in base64.
     *
     * @param raw       the part's bytes
     * @param part      which part, from 1
     * @param parts     how many there are
     * @param maxReject the largest reject record
     */
    public byte[] encode(byte[] raw, int part, int parts, int maxReject) {
        Optional<byte[]> asText = Utf8.decode(raw)
                .map(text -> json(text, "utf-8", part, parts))
                .filter(value -> RecordLimits.size(null, value, List.of()) <= maxReject);
        return asText.orElseGet(() -> json(Base64.getEncoder().encodeToString(raw), "base64", part, parts));
    }

    private byte[] json(String raw, String encoding, int part, int parts) {
        String shortReason = reason.length() <= MOST_REASON ? reason : reason.substring(0, MOST_REASON) + "...";
        ObjectNode json = MAPPER.createObjectNode()
                .put("source", source)
                .put("line", line)
                .put("from", from)
                .put("to", to)
                .put("reason", shortReason)
                .put("raw", raw)
                .put("rawEncoding", encoding)
                .put("part", part)
                .put("parts", parts);
        try {
            return MAPPER.writeValueAsBytes(json);
        } catch (JsonProcessingException cannotHappenOnTrees) {
            throw new AssertionError(cannotHappenOnTrees);
        }
    }
}

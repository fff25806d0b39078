package io.tributary.staging;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Encodes a record as one line of a link: a JSON object and a line feed. The value's JSON is checked and spliced in as
 * it is; what cannot be decoded becomes a line that carries the reason and the whole bytes. Safe for many threads.
 */
public final class LineEncoder {
    private static final byte[] OFFSET = ascii("{\"offset\":");
    private static final byte[] TIMESTAMP = ascii(",\"timestamp\":");
    private static final byte[] KEY = ascii(",\"key\":");
    private static final byte[] VALUE = ascii(",\"value\":");
    private static final byte[] HEADERS = ascii(",\"headers\":{");
    private static final byte[] ERROR = ascii(",\"error\":");
    private static final byte[] RAW = ascii(",\"raw\":\"");
    private static final byte[] RAW_KEY = ascii(",\"rawKey\":\"");
    private static final byte[] BASE64 = ascii("{\"base64\":\"");
    private static final byte[] NULL = ascii("null");

    private LineEncoder() {}

    /** What became of a record. */
    public enum Outcome {
        /** A line with a value. */
        VALUE,
        /** A line whose value is null: the record deletes its key. */
        TOMBSTONE,
        /** A line with {@code error} and {@code raw}: the record could not be decoded. */
        ERROR
    }

    /**
     * Appends one line.
     *
     * @param offset    the record's offset
     * @param timestamp its timestamp, epoch milliseconds
     * @param key       its key's bytes; text, or the line is an error
     * @param value     its value's bytes; JSON, or the line is an error; null for a tombstone
     * @param headers   its headers in order
     * @param out       where to append
     */
    public static Outcome encode(
            long offset,
            long timestamp,
            byte @Nullable [] key,
            byte @Nullable [] value,
            Iterable<? extends LineHeader> headers,
            ByteBuilder out) {
        boolean keyIsText = key == null || Utf8.isValid(key);
        JsonCheck check = new JsonCheck(value == null ? NULL : value);
        Optional<String> problem = check.problem();
        if (!keyIsText) {
            problem = Optional.of("the key is not UTF-8 text"
                    + problem.map(more -> "; " + more).orElse(""));
        }

        out.append(OFFSET)
                .appendDecimal(offset)
                .append(TIMESTAMP)
                .appendDecimal(timestamp)
                .append(KEY);
        if (key == null || !keyIsText) {
            out.append(NULL);
        } else {
            out.appendJsonString(key);
        }
        out.append(VALUE);
        if (value == null || problem.isPresent()) {
            out.append(NULL);
        } else {
            appendOnOneLine(value, check.hasLineBreaks(), out);
        }
        appendHeaders(headers, out);
        if (problem.isPresent()) {
            out.append(ERROR).appendJsonString(problem.get().getBytes(StandardCharsets.UTF_8));
            if (value != null) {
                out.append(RAW).append(Base64.getEncoder().encode(value)).append('"');
            }
            if (key != null && !keyIsText) {
                out.append(RAW_KEY).append(Base64.getEncoder().encode(key)).append('"');
            }
        }
        out.append('}').append('\n');
        if (problem.isPresent()) {
            return Outcome.ERROR;
        }
        return value == null ? Outcome.TOMBSTONE : Outcome.VALUE;
    }

    /** In valid JSON a raw line break can only be white space between tokens, so a space may stand in for it. */
    private static void appendOnOneLine(byte[] json, boolean hasLineBreaks, ByteBuilder out) {
        int start = out.length();
        out.append(json);
        if (!hasLineBreaks) {
            return;
        }
        byte[] array = out.array();
        for (int at = start; at < out.length(); at++) {
            if (array[at] == '\n' || array[at] == '\r') {
                array[at] = ' ';
            }
        }
    }

    private static void appendHeaders(Iterable<? extends LineHeader> headers, ByteBuilder out) {
        Iterator<? extends LineHeader> all = headers.iterator();
        if (!all.hasNext()) {
            return;
        }
        Map<String, List<LineHeader>> byName = new LinkedHashMap<>();
        while (all.hasNext()) {
            LineHeader header = all.next();
            byName.computeIfAbsent(header.name(), name -> new ArrayList<>(1)).add(header);
        }
        out.append(HEADERS);
        byName.forEach((name, values) -> {
            out.appendJsonString(name.getBytes(StandardCharsets.UTF_8)).append(':');
            appendHeaderValues(values, out);
            out.append(',');
        });
        out.truncate(out.length() - 1);
        out.append('}');
    }

    private static void appendHeaderValues(List<LineHeader> values, ByteBuilder out) {
        if (values.size() == 1) {
            appendHeaderValue(values.get(0).bytes(), out);
            return;
        }
        out.append('[');
        for (int at = 0; at < values.size(); at++) {
            if (at > 0) {
                out.append(',');
            }
            appendHeaderValue(values.get(at).bytes(), out);
        }
        out.append(']');
    }

    private static void appendHeaderValue(byte @Nullable [] value, ByteBuilder out) {
        if (value == null) {
            out.append(NULL);
        } else if (Utf8.isValid(value)) {
            out.appendJsonString(value);
        } else {
            out.append(BASE64)
                    .append(Base64.getEncoder().encode(value))
                    .append('"')
                    .append('}');
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}

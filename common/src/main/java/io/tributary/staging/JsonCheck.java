package io.tributary.staging;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * Tells whether bytes are exactly one JSON value (RFC 8259) in UTF-8, in one pass and without building it. Every staged
 * record goes through here: a general parser costs two to three times as much. One instance serves one call.
 */
public final class JsonCheck {
    /** Deeper nesting is refused: readers of the lake recurse. */
    public static final int MAX_DEPTH = 1000;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long TOPS = 0x8080808080808080L;

    private final byte[] json;
    /** One bit for each open structure: set for an object. */
    private final long[] objects = new long[MAX_DEPTH / 64 + 1];

    private int at;
    private int depth;
    private boolean lineBreaks;

    /** Checks these bytes, which must not change meanwhile. */
    public JsonCheck(byte[] json) {
        this.json = json;
    }

    /** What is wrong with the bytes, in one line without a part of the content; empty if they are one JSON value. */
    public Optional<String> problem() {
        skipSpace();
        if (at == json.length) {
            return Optional.of("the value is empty");
        }
        if (json[at] == (byte) 0xef) {
            return Optional.of("the value begins with a byte order mark");
        }
        if (!value()) {
            return Optional.of(failure());
        }
        skipSpace();
        return at == json.length ? Optional.empty() : Optional.of("more follows the JSON value, at byte " + at);
    }

    /** Whether line breaks stand between tokens. Known once {@link #problem()} has found none. */
    boolean hasLineBreaks() {
        return lineBreaks;
    }

    private String failure() {
        if (at >= json.length) {
            return "the JSON ends early, at byte " + json.length;
        }
        if (depth > MAX_DEPTH) {
            return "the JSON is nested deeper than " + MAX_DEPTH + ", at byte " + at;
        }
        return "the value is not JSON in UTF-8, at byte " + at;
    }

    /** Reads one whole value, or stops at the first byte that does not belong. */
    private boolean value() {
        while (true) {
            if (!scalarOrOpening()) {
                return false;
            }
            while (true) {
                if (depth == 0) {
                    return true;
                }
                skipSpace();
                if (at == json.length) {
                    return false;
                }
                boolean object = inObject();
                if (json[at] == ',') {
                    at++;
                    if (object && !name()) {
                        return false;
                    }
                    break;
                }
                if (json[at] != (object ? '}' : ']')) {
                    return false;
                }
                at++;
                depth--;
            }
        }
    }

    /** Reads a scalar or an empty structure; or opens structures down to the first scalar inside. */
    private boolean scalarOrOpening() {
        while (true) {
            skipSpace();
            if (at == json.length) {
                return false;
            }
            switch (json[at]) {
                case '{' -> {
                    if (!open(true)) {
                        return false;
                    }
                    if (at < json.length && json[at] == '}') {
                        at++;
                        depth--;
                        return true;
                    }
                    if (!name()) {
                        return false;
                    }
                }
                case '[' -> {
                    if (!open(false)) {
                        return false;
                    }
                    if (at < json.length && json[at] == ']') {
                        at++;
                        depth--;
                        return true;
                    }
                }
                case '"' -> {
                    return string();
                }
                case 't' -> {
                    return literal("true");
                }
                case 'f' -> {
                    return literal("false");
                }
                case 'n' -> {
                    return literal("null");
                }
                default -> {
                    return number();
                }
            }
        }
    }

    private boolean open(boolean object) {
        depth++;
        if (depth > MAX_DEPTH) {
            return false;
        }
        long bit = 1L << (depth & 63);
        if (object) {
            objects[depth >> 6] |= bit;
        } else {
            objects[depth >> 6] &= ~bit;
        }
        at++;
        skipSpace();
        return true;
    }

    private boolean inObject() {
        return (objects[depth >> 6] & 1L << (depth & 63)) != 0;
    }

    /** Reads a member's name and its colon. */
    private boolean name() {
        skipSpace();
        if (at == json.length || json[at] != '"' || !string()) {
            return false;
        }
        skipSpace();
        if (at == json.length || json[at] != ':') {
            return false;
        }
        at++;
        return true;
    }

    private boolean string() {
        at++;
        while (true) {
            skipPlain();
            if (at == json.length) {
                return false;
            }
            byte value = json[at];
            if (value == '"') {
                at++;
                return true;
            }
            boolean good = value == '\\' ? escape() : value < 0 ? multibyte(value & 0xff) : value >= 0x20;
            if (!good) {
                return false;
            }
            if (value >= 0x20 && value != '\\') {
                at++;
            }
        }
    }

    /** Skips eight bytes at a time while all are printable ASCII without quote and backslash. */
    private void skipPlain() {
        while (at + 8 <= json.length) {
            long word = (long) LONG.get(json, at);
            long quotes = word ^ ONES * '"';
            long slashes = word ^ ONES * '\\';
            long special =
                    ((quotes - ONES) & ~quotes) | ((slashes - ONES) & ~slashes) | ((word - ONES * 0x20) & ~word) | word;
            special &= TOPS;
            if (special != 0) {
                at += Long.numberOfTrailingZeros(special) >>> 3;
                return;
            }
            at += 8;
        }
    }

    private boolean escape() {
        if (at + 1 >= json.length) {
            at = json.length;
            return false;
        }
        switch (json[at + 1]) {
            case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> {
                at += 2;
                return true;
            }
            case 'u' -> {
                at += 2;
                for (int digit = 0; digit < 4; digit++, at++) {
                    if (at == json.length || Character.digit(json[at], 16) < 0) {
                        return false;
                    }
                }
                return true;
            }
            default -> {
                return false;
            }
        }
    }

    /** Reads one character of two to four bytes: no overlong form, no surrogate, nothing beyond U+10FFFF. */
    private boolean multibyte(int lead) {
        int length;
        int low = 0x80;
        int high = 0xbf;
        if (lead >= 0xc2 && lead <= 0xdf) {
            length = 2;
        } else if (lead >= 0xe0 && lead <= 0xef) {
            length = 3;
            low = lead == 0xe0 ? 0xa0 : 0x80;
            high = lead == 0xed ? 0x9f : 0xbf;
        } else if (lead >= 0xf0 && lead <= 0xf4) {
            length = 4;
            low = lead == 0xf0 ? 0x90 : 0x80;
            high = lead == 0xf4 ? 0x8f : 0xbf;
        } else {
            return false;
        }
        if (at + length > json.length) {
            at = json.length;
            return false;
        }
        int second = json[at + 1] & 0xff;
        if (second < low || second > high) {
            return false;
        }
        for (int more = 2; more < length; more++) {
            if ((json[at + more] & 0xc0) != 0x80) {
                return false;
            }
        }
        at += length;
        return true;
    }

    private boolean literal(String word) {
        for (int index = 0; index < word.length(); index++, at++) {
            if (at == json.length || json[at] != word.charAt(index)) {
                return false;
            }
        }
        return true;
    }

    private boolean number() {
        if (json[at] == '-') {
            at++;
        }
        if (at < json.length && json[at] == '0') {
            at++;
        } else if (!digits()) {
            return false;
        }
        if (at < json.length && json[at] == '.') {
            at++;
            if (!digits()) {
                return false;
            }
        }
        if (at < json.length && (json[at] == 'e' || json[at] == 'E')) {
            at++;
            if (at < json.length && (json[at] == '+' || json[at] == '-')) {
                at++;
            }
            return digits();
        }
        return true;
    }

    private boolean digits() {
        int start = at;
        while (at < json.length && json[at] >= '0' && json[at] <= '9') {
            at++;
        }
        return at > start;
    }

    private void skipSpace() {
        while (at < json.length) {
            byte value = json[at];
            if (value == '\n' || value == '\r') {
                lineBreaks = true;
            } else if (value != ' ' && value != '\t') {
                return;
            }
            at++;
        }
    }
}

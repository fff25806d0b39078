package io.tributary.producer.source.dataset.csv;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes of JSON in the making. Confined to one thread; used again for each record. */
final class JsonText {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    /** No character takes more: six for an escape, three of UTF-8 for others. */
    private static final int MOST_PER_CHAR = 6;

    private byte[] bytes = new byte[1024];
    private int length;

    void clear() {
        length = 0;
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }

    void raw(byte[] ready) {
        ensure(ready.length);
        System.arraycopy(ready, 0, bytes, length, ready.length);
        length += ready.length;
    }

    /** Text that is known to be ASCII and to need no quotes: a literal. */
    void literal(String ascii) {
        int count = ascii.length();
        ensure(count);
        for (int at = 0; at < count; at++) {
            bytes[length++] = (byte) ascii.charAt(at);
        }
    }

    /** A JSON string. The text has no lone surrogates: it was decoded strictly. */
    void string(String text) {
        int count = text.length();
        ensure(MOST_PER_CHAR * count + 2);
        bytes[length++] = '"';
        for (int at = 0; at < count; at++) {
            char c = text.charAt(at);
            if (c >= 0x20 && c < 0x80 && c != '"' && c != '\\') {
                bytes[length++] = (byte) c;
            } else if (c < 0x80) {
                escape(c);
            } else if (c < 0x800) {
                bytes[length++] = (byte) (0xc0 | c >> 6);
                continuation(c);
            } else if (Character.isHighSurrogate(c)) {
                int point = Character.toCodePoint(c, text.charAt(++at));
                bytes[length++] = (byte) (0xf0 | point >> 18);
                continuation(point >> 12);
                continuation(point >> 6);
                continuation(point);
            } else {
                bytes[length++] = (byte) (0xe0 | c >> 12);
                continuation(c >> 6);
                continuation(c);
            }
        }
        bytes[length++] = '"';
    }

    private void continuation(int bits) {
        bytes[length++] = (byte) (0x80 | (bits & 0x3f));
    }

    private void escape(char c) {
        bytes[length++] = '\\';
        switch (c) {
            case '"', '\\' -> bytes[length++] = (byte) c;
            case '\n' -> bytes[length++] = 'n';
            case '\r' -> bytes[length++] = 'r';
            case '\t' -> bytes[length++] = 't';
            default -> {
                bytes[length++] = 'u';
                bytes[length++] = '0';
                bytes[length++] = '0';
                bytes[length++] = HEX[c >> 4];
                bytes[length++] = HEX[c & 15];
            }
        }
    }

    private void ensure(int more) {
        int needed = Math.addExact(length, more);
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(needed, bytes.length * 2));
        }
    }
}

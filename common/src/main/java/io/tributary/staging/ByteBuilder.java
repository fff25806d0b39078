package io.tributary.staging;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A growing array of bytes that lines are encoded into. Confined to one thread; grows to the largest content held. */
public final class ByteBuilder {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private byte[] bytes;
    private int length;

    /** An empty builder with room for {@code capacity} bytes. */
    public ByteBuilder(int capacity) {
        bytes = new byte[capacity];
    }

    /** The backing array: valid up to {@link #length()}, until the next append. */
    public byte[] array() {
        return bytes;
    }

    /** How many bytes it holds. */
    public int length() {
        return length;
    }

    /** Forgets everything beyond {@code newLength}. */
    public void truncate(int newLength) {
        if (newLength < 0 || newLength > length) {
            throw new IllegalArgumentException("cannot truncate " + length + " bytes to " + newLength);
        }
        length = newLength;
    }

    /** Appends one byte. */
    public ByteBuilder append(int value) {
        ensure(1);
        bytes[length++] = (byte) value;
        return this;
    }

    /** Appends a range of an array. */
    public ByteBuilder append(byte[] source, int offset, int count) {
        ensure(count);
        System.arraycopy(source, offset, bytes, length, count);
        length += count;
        return this;
    }

    /** Appends a whole array. */
    public ByteBuilder append(byte[] source) {
        return append(source, 0, source.length);
    }

    /** Appends a number in decimal digits. */
    public ByteBuilder appendDecimal(long value) {
        if (value < 0) {
            return append(Long.toString(value).getBytes(StandardCharsets.US_ASCII));
        }
        int digits = 1;
        for (long rest = value / 10; rest > 0; rest /= 10) {
            digits++;
        }
        ensure(digits);
        long rest = value;
        for (int at = length + digits - 1; at >= length; at--) {
            bytes[at] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        length += digits;
        return this;
    }

    /**
     * Appends a JSON string, quotes included.
     *
     * @param utf8 text that is known to be valid UTF-8
     */
    public ByteBuilder appendJsonString(byte[] utf8) {
        ensure(utf8.length + 2);
        bytes[length++] = '"';
        int run = 0;
        for (int at = 0; at < utf8.length; at++) {
            int value = utf8[at];
            if (value < 0 || (value >= 0x20 && value != '"' && value != '\\')) {
                continue;
            }
            append(utf8, run, at - run);
            escape(value);
            run = at + 1;
        }
        return append(utf8, run, utf8.length - run).append('"');
    }

    /** A copy of the content. */
    public byte[] toArray() {
        return Arrays.copyOf(bytes, length);
    }

    private void escape(int value) {
        append('\\');
        switch (value) {
            case '"', '\\' -> append(value);
            case '\n' -> append('n');
            case '\r' -> append('r');
            case '\t' -> append('t');
            default ->
                append('u').append('0').append('0').append(HEX[value >> 4]).append(HEX[value & 15]);
        }
    }

    private void ensure(int more) {
        int needed = Math.addExact(length, more);
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(needed, bytes.length + (bytes.length >> 1)));
        }
    }
}

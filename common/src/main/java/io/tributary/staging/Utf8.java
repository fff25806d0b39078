package io.tributary.staging;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Strict UTF-8. */
public final class Utf8 {
    private Utf8() {}

    /** Whether the bytes are valid UTF-8. */
    public static boolean isValid(byte[] bytes) {
        for (byte value : bytes) {
            if (value < 0) {
                return decode(bytes).isPresent();
            }
        }
        return true;
    }

    /** The text, or empty if the bytes are not valid UTF-8. */
    public static Optional<String> decode(byte[] bytes) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException invalid) {
            return Optional.empty();
        }
    }
}

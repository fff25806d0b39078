package io.tributary.producer;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Which charsets can be split at bytes. */
final class Charsets {
    private static final String ASCII = ascii();
    /** These shift into other alphabets and back, so that a byte's meaning depends on what came before. */
    private static final List<String> SHIFTING = List.of("ISO-2022", "X-ISO-2022", "HZ", "UTF-7");

    private Charsets() {}

    /** Whether the name is one of a charset in which the bytes of ASCII mean ASCII. */
    static boolean usable(String name) {
        try {
            if (!Charset.isSupported(name)) {
                return false;
            }
        } catch (IllegalCharsetNameException malformed) {
            return false;
        }
        Charset charset = Charset.forName(name);
        return charset.canEncode()
                && SHIFTING.stream()
                        .noneMatch(prefix ->
                                charset.name().toUpperCase(Locale.ROOT).startsWith(prefix))
                && Arrays.equals(ASCII.getBytes(charset), ASCII.getBytes(StandardCharsets.US_ASCII));
    }

    /** Whether this ASCII character's byte also occurs inside characters of several bytes. */
    static boolean usesInside(Charset charset, char character) {
        boolean multiByte = charset.newEncoder().maxBytesPerChar() > 1 && !charset.equals(StandardCharsets.UTF_8);
        return multiByte && character >= '0' && (character <= '9' || character >= '@');
    }

    private static String ascii() {
        StringBuilder all = new StringBuilder();
        for (char c = 0; c < 128; c++) {
            all.append(c);
        }
        return all.toString();
    }
}

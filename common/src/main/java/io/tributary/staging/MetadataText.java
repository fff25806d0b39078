package io.tributary.staging;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Free text as a value of object metadata, which carries printable ASCII only and no two spaces in a row: whatever else
 * there is, and the percent sign itself, stands as the percent-encoded bytes of UTF-8. Pure.
 */
final class MetadataText {
    private MetadataText() {}

    /** White space of any kind and length becomes one space; none is left at the ends. */
    static String normalized(String text) {
        return text.strip().replaceAll("\\s+", " ");
    }

    static String encode(String text) {
        StringBuilder encoded = new StringBuilder();
        for (byte octet : normalized(text).getBytes(StandardCharsets.UTF_8)) {
            if (octet >= ' ' && octet < 0x7f && octet != '%') {
                encoded.append((char) octet);
            } else {
                encoded.append(String.format(Locale.ROOT, "%%%02X", octet));
            }
        }
        return encoded.toString();
    }

    /** What was encoded; text that was not encoded by {@link #encode} stays as it is. */
    static String decode(String encoded) {
        try {
            return URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notEncoded) {
            return encoded;
        }
    }
}

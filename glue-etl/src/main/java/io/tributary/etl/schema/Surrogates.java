package io.tributary.etl.schema;

/**
 * Finds what JSON can write and text cannot hold: one half of a surrogate pair, escaped ({@code \\ud83d}). Encoded as
 * UTF-8 it would become a question mark. Pure.
 */
final class Surrogates {
    private static final int ESCAPE = 6;
    private static final int HEX = 16;

    private Surrogates() {}

    /** Whether a JSON text escapes a half without its other half. */
    static boolean isHalved(byte[] json, int from, int to) {
        int at = from;
        while (at < to) {
            if (json[at] != '\\') {
                at++;
            } else if (at + 1 < to && json[at + 1] != 'u') {
                at += 2;
            } else {
                int unit = unit(json, at, to);
                if (Character.isHighSurrogate((char) unit)
                        && Character.isLowSurrogate((char) unit(json, at + ESCAPE, to))) {
                    at += 2 * ESCAPE;
                } else if (Character.isSurrogate((char) unit)) {
                    return true;
                } else {
                    at += ESCAPE;
                }
            }
        }
        return false;
    }

    /** The code unit that an escape at this place stands for; 0 if there is none. */
    private static int unit(byte[] json, int at, int to) {
        if (at + ESCAPE > to || json[at] != '\\' || json[at + 1] != 'u') {
            return 0;
        }
        int unit = 0;
        for (int digit = at + 2; digit < at + ESCAPE; digit++) {
            unit = unit * HEX + Character.digit(json[digit], HEX);
        }
        return unit;
    }
}

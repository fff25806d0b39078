package io.tributary.staging;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The digest of a link's uncompressed lines, each with its line feed, so that {@code zcat LINK | sha256sum} checks it.
 * Confined to one thread.
 */
public final class LineDigest {
    private static final String LABEL = "sha256:";

    private final MessageDigest digest = sha256();

    /** Adds bytes of lines. */
    public void update(byte[] bytes, int offset, int length) {
        digest.update(bytes, offset, length);
    }

    /** The digest of all that was added, as it stands in the metadata; resets this object. */
    public String finish() {
        return LABEL + HexFormat.of().formatHex(digest.digest());
    }

    /** The digest of no lines at all. */
    public static String ofNothing() {
        return new LineDigest().finish();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new AssertionError(everyJdkHasIt);
        }
    }
}

package io.tributary.sandbox.mastodon;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.UUID;

/** Whose ways an instance has. */
public enum Dialect {
    /** Ids that sort by number; Link and rate headers. */
    MASTODON("4.5.7", true, true),
    /** Base62 flakes. */
    PLEROMA("2.7.2 (compatible; Pleroma 2.9.0)", true, false),
    /** ULIDs; nobody without a User-Agent is answered; no server-sent events. */
    GOTOSOCIAL("0.20.0", true, true),
    /** UUIDs. */
    MITRA("4.4.0 (compatible; Mitra 4.2.0)", false, false),
    /** Ids that sort neither way and change with edits; neither Link nor rate headers; unknown cursors lead nowhere. */
    SNAC("2.75", false, false);

    private final String version;
    private final boolean links;
    private final boolean limits;

    Dialect(String version, boolean links, boolean limits) {
        this.version = version;
        this.links = links;
        this.limits = limits;
    }

    String version() {
        return version;
    }

    boolean links() {
        return links;
    }

    boolean limits() {
        return limits;
    }

    /** The id of the so-manieth status in its so-manieth version. */
    String id(int number, int version) {
        byte[] seed = (number + "/" + version).getBytes(StandardCharsets.UTF_8);
        return switch (this) {
            case MASTODON -> Long.toString(115_000_000_000_000_000L + number * 1000L);
            case PLEROMA -> "A" + Long.toString(3_000_000_000_000L + number * 7L, 36) + "Zz" + number % 10;
            case GOTOSOCIAL ->
                "01M7W" + String.format(Locale.ROOT, "%021d", number * 31L).substring(0, 21);
            case MITRA ->
                UUID.nameUUIDFromBytes(("mitra" + number).getBytes(StandardCharsets.UTF_8))
                        .toString();
            case SNAC ->
                (UUID.nameUUIDFromBytes(seed).toString() + "0123456789")
                        .replace("-", "")
                        .substring(0, 42);
        };
    }
}

package io.tributary.consumer.store;

import io.tributary.staging.LinkName;

/** A link is there and does not hold what it says: asking again gives the same. */
public final class DamagedLinkException extends Exception {
    private static final long serialVersionUID = 1L;

    public DamagedLinkException(LinkName link, Throwable cause) {
        super("link " + link + " cannot be decompressed", cause);
    }
}

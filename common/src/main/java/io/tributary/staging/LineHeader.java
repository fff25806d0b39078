package io.tributary.staging;

import org.jspecify.annotations.Nullable;

/** A record's header: a name that may occur more than once, and a value that may be absent or no text. */
public interface LineHeader {
    /** The header's name. */
    String name();

    /** Its bytes, or null. Not copied: the caller must not change them. */
    byte @Nullable [] bytes();
}

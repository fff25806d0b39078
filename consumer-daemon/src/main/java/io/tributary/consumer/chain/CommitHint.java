package io.tributary.consumer.chain;

import io.tributary.staging.LinkName;
import java.util.OptionalLong;

/**
 * The note kept beside a committed offset: where the last link known begins, so that the chain's end is found by
 * listing a few names instead of all. A hint only: the chain is right where they disagree.
 */
public final class CommitHint {
    private static final String PREFIX = "tributary link=";

    private CommitHint() {}

    /** The note for a link. */
    public static String of(LinkName last) {
        return PREFIX + last.from();
    }

    /** The offset at which the link noted begins; empty if the note is someone else's. */
    public static OptionalLong parse(String note) {
        if (!note.startsWith(PREFIX)) {
            return OptionalLong.empty();
        }
        try {
            long from = Long.parseLong(note.substring(PREFIX.length()));
            return from < 0 ? OptionalLong.empty() : OptionalLong.of(from);
        } catch (NumberFormatException notOurs) {
            return OptionalLong.empty();
        }
    }
}

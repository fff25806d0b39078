package io.tributary.producer.source.mastodon;

import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * A stretch of a timeline that is being read, from newer to older. Takes ids for names without an order, and cursors for
 * something that may lead nowhere: a page that brings no other ids ends it, an empty one is asked for again by another
 * cursor. Confined to one thread.
 */
final class Gap {
    private static final int MOST_IDS = 4_000;

    private final Instant until;
    private final Feed.Overlap overlap;
    private final boolean owed;
    private final Set<String> ids = new HashSet<>();
    private Optional<String> cursor;
    private Optional<String> spare = Optional.empty();
    private boolean fresh = true;
    private int quietBeyond;
    private boolean sawBottom;
    private boolean closed;
    private boolean stuck;

    Gap(Optional<String> cursor, Instant until, Feed.Overlap overlap) {
        this(cursor, until, overlap, false);
    }

    private Gap(Optional<String> cursor, Instant until, Feed.Overlap overlap, boolean owed) {
        this.cursor = cursor;
        this.until = until;
        this.overlap = overlap;
        this.owed = owed;
    }

    /** A gap that reaches down to where a cursor did not lead before. */
    static Gap owed(Instant until, Feed.Overlap overlap) {
        return new Gap(Optional.empty(), until, overlap, true);
    }

    /** What to ask for: what is older than this id; empty for the newest page. */
    Optional<String> cursor() {
        return cursor;
    }

    Instant until() {
        return until;
    }

    boolean closed() {
        return closed;
    }

    /** Whether it ended because its cursor led nowhere. */
    boolean stuck() {
        return stuck;
    }

    /** Whether a cursor that led nowhere left it over. */
    boolean isOwed() {
        return owed;
    }

    /** This gap and an older one as one, which ends where the older one does. */
    Gap with(Gap older) {
        return new Gap(cursor, older.until, overlap, owed || older.owed);
    }

    void take(Page page) {
        if (page.ids().isEmpty()) {
            empty();
            return;
        }
        boolean first = fresh;
        fresh = false;
        boolean others = page.ids().stream().anyMatch(id -> !ids.contains(id));
        if (!others && !first) {
            closed = true;
            // What the other cursor of an empty page shows once more is the bottom.
            stuck = !sawBottom;
            return;
        }
        remember(page);
        Optional<Instant> middle = page.middle();
        boolean far = middle.isPresent() && middle.get().isBefore(until.minus(overlap.time()));
        boolean beyond = middle.isEmpty() || !middle.get().isAfter(until);
        quietBeyond = beyond && !page.news() ? quietBeyond + 1 : 0;
        closed = far || quietBeyond >= overlap.pages();
        String last = page.ids().get(page.ids().size() - 1);
        spare = page.ids().size() > 1 ? Optional.of(page.ids().get(page.ids().size() - 2)) : Optional.empty();
        cursor = page.cursor().or(() -> Optional.of(last));
    }

    /** The bottom, or a cursor that the instance does not know (any more). */
    private void empty() {
        if (spare.isPresent()) {
            sawBottom = true;
            cursor = spare;
            spare = Optional.empty();
        } else if (fresh && cursor.isPresent()) {
            // A cursor from a checkpoint that nobody knows any more: once more from the top.
            cursor = Optional.empty();
            fresh = false;
        } else {
            closed = true;
        }
    }

    private void remember(Page page) {
        if (ids.size() > MOST_IDS) {
            ids.clear();
        }
        ids.addAll(page.ids());
    }
}

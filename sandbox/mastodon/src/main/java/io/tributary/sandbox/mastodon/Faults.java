package io.tributary.sandbox.mastodon;

/** What goes wrong, as told by a test. Thread-safe. */
public final class Faults {
    /** Who may read timelines. */
    public enum Audience {
        PUBLIC,
        AUTHENTICATED,
        DISABLED
    }

    volatile Audience live = Audience.PUBLIC;
    volatile Audience tags = Audience.PUBLIC;
    volatile boolean says = true;
    volatile boolean stuckCursor;
    volatile boolean samePageTwice;
    volatile boolean silent;
    volatile boolean losing;
    volatile boolean broken;
    volatile String token = "";
    volatile int refusals;

    /** Who may read the public timeline, and whether the instance says so beforehand. */
    public void live(Audience audience, boolean said) {
        live = audience;
        says = said;
    }

    /** Who may read those of hashtags. */
    public void tags(Audience audience) {
        tags = audience;
    }

    /** From now on {@code max_id} is ignored: every page is the newest. */
    public void stuckCursor(boolean on) {
        stuckCursor = on;
    }

    /** From now on each cursor's page begins with all of the page before. */
    public void samePageTwice(boolean on) {
        samePageTwice = on;
    }

    /** From now on streams say nothing, not even that they are alive. */
    public void silent(boolean on) {
        silent = on;
    }

    /** From now on streams stay open and alive, and lose events. */
    public void losing(boolean on) {
        losing = on;
    }

    /** From now on every answer is 503. */
    public void broken(boolean on) {
        broken = on;
    }

    /** The one token that is valid; empty for none. */
    public void token(String valid) {
        token = valid;
    }

    /** So many of the next requests for timelines are answered 429, whatever was asked before. */
    public void refuse(int requests) {
        refusals = requests;
    }

    synchronized boolean takeRefusal() {
        if (refusals > 0) {
            refusals--;
            return true;
        }
        return false;
    }
}

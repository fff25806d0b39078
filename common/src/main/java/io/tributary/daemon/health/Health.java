package io.tributary.daemon.health;

/**
 * The answer to a health question.
 *
 * @param ok     whether all is well
 * @param detail why, on one line
 */
public record Health(boolean ok, String detail) {
    /** All is well. */
    public static Health good(String detail) {
        return new Health(true, detail);
    }

    /** Something is not. */
    public static Health bad(String detail) {
        return new Health(false, detail);
    }
}

package io.tributary.testing.simulation;

import java.util.Locale;

/**
 * One step of a schedule. Immutable.
 *
 * @param kind   what happens
 * @param who    to whom, counted among those there are
 * @param amount how much of it; what that means is the kind's own
 * @param fate   what becomes of the request, where there is one; by the first constant all goes well
 */
public record Step<K extends Enum<K> & Weighted, F extends Enum<F>>(K kind, int who, int amount, F fate) {
    /** Whether all goes well. */
    boolean goesWell() {
        return fate == fate.getDeclaringClass().getEnumConstants()[0];
    }

    @Override
    public String toString() {
        return (kind + " " + who + " " + amount + (goesWell() ? "" : " " + fate)).toLowerCase(Locale.ROOT);
    }
}

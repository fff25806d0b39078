package io.tributary.producer.source.dataset.csv;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the type of one column from its values: the narrowest that gives each of them back as it was written. Confined to
 * one thread.
 */
public final class TypeInference {
    private static final int BOOLEAN = 1;
    private static final int BIGINT = 2;
    private static final int DOUBLE_WITH_POINT = 4;
    private static final int DOUBLE_WITHOUT_NEEDLESS_POINT = 8;

    private int possible = BOOLEAN | BIGINT | DOUBLE_WITH_POINT | DOUBLE_WITHOUT_NEEDLESS_POINT;
    private boolean seen;

    /** Takes one more value into account. Nulls tell nothing. */
    public void observe(@Nullable String value) {
        if (value == null || settled()) {
            return;
        }
        seen = true;
        keep(BOOLEAN, value.equals("true") || value.equals("false"));
        keep(BIGINT, can(BIGINT) && Numerals.isBigint(value));
        keep(DOUBLE_WITH_POINT, can(DOUBLE_WITH_POINT) && Numerals.isDoubleWithPoint(value));
        keep(
                DOUBLE_WITHOUT_NEEDLESS_POINT,
                can(DOUBLE_WITHOUT_NEEDLESS_POINT) && Numerals.isDoubleWithoutNeedlessPoint(value));
    }

    /** Whether no further value can change the answer. */
    public boolean settled() {
        return possible == 0;
    }

    /** The type, unless there were only nulls. */
    public Optional<ColumnType> type() {
        if (!seen) {
            return Optional.empty();
        }
        if (can(BOOLEAN)) {
            return Optional.of(ColumnType.BOOLEAN);
        }
        if (can(BIGINT)) {
            return Optional.of(ColumnType.BIGINT);
        }
        return Optional.of(
                can(DOUBLE_WITH_POINT | DOUBLE_WITHOUT_NEEDLESS_POINT) ? ColumnType.DOUBLE : ColumnType.TEXT);
    }

    private boolean can(int candidates) {
        return (possible & candidates) != 0;
    }

    private void keep(int candidate, boolean fits) {
        if (!fits) {
            possible &= ~candidate;
        }
    }
}

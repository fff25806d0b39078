package io.tributary.staging;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Why a link was closed. Delivery is exactly-once whatever the reason; it is kept to explain sizes and latency. */
public enum CutReason {
    RECORDS,
    BYTES,
    AGE,
    REVOKED,
    SHUTDOWN,
    MEMORY,
    /** A link without records, appended on purpose to move past offsets. */
    SKIP,
    /** A link without records that ends a chain here: it goes on in another generation. */
    SWITCHED;

    /** The value in object metadata: lower case. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The reason with this {@link #label()}, if there is one. */
    public static Optional<CutReason> ofLabel(String label) {
        return Arrays.stream(values())
                .filter(reason -> reason.label().equals(label))
                .findFirst();
    }
}

package io.tributary.producer.source.dataset.csv;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the values of a column are. */
public enum ColumnType {
    /** {@code true} or {@code false}. */
    BOOLEAN,
    /** A whole number of 64 bits, written as such a number is printed: no sign for plus, no leading zero. */
    BIGINT,
    /** A number that a double gives back as it was written. */
    DOUBLE,
    /** Anything. */
    TEXT;

    /** The name in configuration, checkpoints and messages. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The type of this name. */
    public static Optional<ColumnType> of(String label) {
        return Arrays.stream(values())
                .filter(type -> type.label().equals(label))
                .findFirst();
    }

    /** All names, for messages. */
    public static String labels() {
        return Arrays.stream(values()).map(ColumnType::label).collect(Collectors.joining(", "));
    }
}

package io.tributary.producer.source.dataset.file;

/** Tells patterns from plain names. */
final class Patterns {
    private static final String SPECIAL = "*?[{";

    private Patterns() {}

    static boolean isPattern(String name) {
        return name.chars().anyMatch(c -> SPECIAL.indexOf(c) >= 0);
    }
}

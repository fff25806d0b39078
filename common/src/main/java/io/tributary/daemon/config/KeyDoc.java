package io.tributary.daemon.config;

/**
 * What the reference says of one key.
 *
 * @param path         the key, with dots
 * @param type         the kind of value, for people
 * @param defaultValue the default as text; {@code required} or {@code none} where there is none
 * @param doc          what it means
 */
public record KeyDoc(String path, String type, String defaultValue, String doc) {}

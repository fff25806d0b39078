package io.tributary.sandbox.sql.client;

/** A column of a result: its name and its type as Trino writes it, such as {@code decimal(10, 2)}. */
public record Column(String name, String type) {}

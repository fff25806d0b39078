package io.tributary.etl.config;

import java.io.Serializable;

/**
 * A condition that rows must meet; those for which it is false or unknown are rejected.
 *
 * @param name  what to call it in the reason
 * @param where the condition, in Spark SQL
 */
public record QualityRule(String name, String where) implements Serializable {}

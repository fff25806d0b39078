package io.tributary.daemon.config;

import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import com.typesafe.config.ConfigValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One key, while it is being declared. {@link #required()}, {@link #optional()} or {@link #orDefault} ends the
 * declaration and gives the value; a bad or missing one is noted and stood in for, so that reading goes on and all
 * problems are found.
 */
public final class ConfigKey<T> {
    private final ReadLog log;
    private final @Nullable ConfigValue value;
    private final String path;
    private final String type;
    private final T placeholder;
    private final ValueParser<T> parser;
    private final List<Bound<T>> bounds = new ArrayList<>();
    private String doc = "";

    private record Bound<T>(Predicate<T> holds, String requirement) {}

    ConfigKey(
            ReadLog log,
            @Nullable ConfigValue fileValue,
            String path,
            String type,
            T placeholder,
            ValueParser<T> parser) {
        this.log = log;
        this.path = path;
        this.type = type;
        this.placeholder = placeholder;
        this.parser = parser;
        String override = log.override(path);
        this.value = override == null
                ? fileValue
                : ConfigValueFactory.fromAnyRef(override, "environment " + ConfigReader.variable(path));
    }

    /** What the key means, its unit and its bounds, in one or two sentences. */
    public ConfigKey<T> doc(String text) {
        doc = text;
        return this;
    }

    /**
     * A condition on the value.
     *
     * @param requirement how the error goes on after "must", for example {@code be a power of two}
     */
    public ConfigKey<T> must(String requirement, Predicate<T> condition) {
        bounds.add(new Bound<>(condition, requirement));
        return this;
    }

    /** Bounds, inclusive, for values that compare. */
    public <C extends Comparable<? super C>> ConfigKey<T> between(C low, C high) {
        return must("be from " + ValueParser.show(low) + " to " + ValueParser.show(high), candidate -> {
            @SuppressWarnings("unchecked")
            C comparable = (C) candidate;
            return comparable.compareTo(low) >= 0 && comparable.compareTo(high) <= 0;
        });
    }

    /** The value; absent is a problem. */
    public T required() {
        declare("required");
        if (value == null || value.valueType() == ConfigValueType.NULL) {
            if (!log.documenting()) {
                log.problem(new ConfigProblem(path, "not set", "must be set: " + type));
            }
            return placeholder;
        }
        return parsed(value).orElse(placeholder);
    }

    /** The value, if there is one. */
    public Optional<T> optional() {
        declare("none");
        return value == null || value.valueType() == ConfigValueType.NULL ? Optional.empty() : parsed(value);
    }

    /** The value, or a default written as it would be in the file. */
    public T orDefault(String text) {
        declare(text.isEmpty() ? "\"\"" : text);
        ConfigValue defaultValue = ConfigValueFactory.fromAnyRef(text, "default");
        boolean absent = value == null || value.valueType() == ConfigValueType.NULL;
        ConfigValue chosen = absent ? defaultValue : value;
        return parsed(chosen == null ? defaultValue : chosen).orElse(placeholder);
    }

    private void declare(String defaultValue) {
        log.declare(new KeyDoc(path, type, defaultValue, doc));
        if (value != null && value.valueType() == ConfigValueType.OBJECT) {
            log.declareSubtree(path);
        }
    }

    private Optional<T> parsed(ConfigValue raw) {
        T result;
        try {
            result = parser.parse(raw);
        } catch (IllegalArgumentException bad) {
            log.problem(new ConfigProblem(path, raw.origin().description(), String.valueOf(bad.getMessage())));
            return Optional.empty();
        }
        for (Bound<T> bound : bounds) {
            if (!bound.holds().test(result)) {
                log.problem(new ConfigProblem(
                        path,
                        raw.origin().description(),
                        "must " + bound.requirement() + ", but is " + ValueParser.show(result)));
                return Optional.empty();
            }
        }
        return Optional.of(result);
    }
}

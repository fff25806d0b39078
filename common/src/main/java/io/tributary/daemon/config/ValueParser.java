package io.tributary.daemon.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Turns a config value into a typed one, or says in an {@link IllegalArgumentException} what was expected. */
interface ValueParser<T> {
    ValueParser<String> TEXT = value -> {
        if (value.valueType() == ConfigValueType.OBJECT || value.valueType() == ConfigValueType.LIST) {
            throw new IllegalArgumentException("expected a text, found " + kind(value));
        }
        return String.valueOf(value.unwrapped());
    };

    ValueParser<Long> NUMBER = value -> {
        String text = TEXT.parse(value);
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException notWhole) {
            throw new IllegalArgumentException("expected a whole number, found '" + text + "'", notWhole);
        }
    };

    ValueParser<Boolean> FLAG = value -> {
        String text = TEXT.parse(value);
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("expected true or false, found '" + text + "'");
        };
    };

    ValueParser<Duration> DURATION = value -> {
        String text = TEXT.parse(value);
        try {
            return single(value).getDuration("x");
        } catch (ConfigException bad) {
            throw new IllegalArgumentException(
                    "expected a duration such as 500ms, 60s or 5m, found '" + text + "'", bad);
        }
    };

    ValueParser<Long> SIZE = value -> {
        String text = TEXT.parse(value);
        try {
            return single(value).getBytes("x");
        } catch (ConfigException bad) {
            throw new IllegalArgumentException("expected a size such as 64MiB or 500kB, found '" + text + "'", bad);
        }
    };

    ValueParser<List<String>> TEXTS = value -> {
        if (value instanceof ConfigList list) {
            List<String> texts = new ArrayList<>();
            for (ConfigValue element : list) {
                texts.add(TEXT.parse(element));
            }
            return List.copyOf(texts);
        }
        if (value.valueType() == ConfigValueType.STRING) {
            String text = TEXT.parse(value);
            return text.isBlank() ? List.of() : List.of(text.trim().split("\\s*,\\s*"));
        }
        throw new IllegalArgumentException("expected a list of texts [ ... ], found " + kind(value));
    };

    T parse(ConfigValue value);

    default <R> ValueParser<R> map(Function<T, R> function) {
        return value -> function.apply(parse(value));
    }

    static <E> ValueParser<E> choice(Map<String, E> constants, String labels) {
        return value -> {
            String text = TEXT.parse(value);
            E constant = constants.get(text);
            if (constant == null) {
                throw new IllegalArgumentException("expected one of " + labels + ", found '" + text + "'");
            }
            return constant;
        };
    }

    /** A value as a person would write it. */
    static String show(Object value) {
        if (value instanceof Duration duration) {
            long millis = duration.toMillis();
            return millis % 1000 == 0 ? millis / 1000 + "s" : millis + "ms";
        }
        return value instanceof String text ? "'" + text + "'" : String.valueOf(value);
    }

    private static Config single(ConfigValue value) {
        return value.atKey("x");
    }

    private static String kind(ConfigValue value) {
        return switch (value.valueType()) {
            case OBJECT -> "a group of keys";
            case LIST -> "a list";
            case NUMBER -> "a number";
            case BOOLEAN -> "true or false";
            case NULL -> "null";
            case STRING -> "a text";
        };
    }
}

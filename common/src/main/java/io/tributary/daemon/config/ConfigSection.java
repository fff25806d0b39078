package io.tributary.daemon.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A group of keys below one path. Each accessor begins the declaration of one key; see {@link ConfigReader}. */
public final class ConfigSection {
    private final ReadLog log;
    private final Config config;
    private final String path;

    ConfigSection(ReadLog log, Config config, String path) {
        this.log = log;
        this.config = config;
        this.path = path;
    }

    /** Keys one level down. The section need not be present: its keys then have their defaults. */
    public ConfigSection section(String name) {
        ConfigValue value = config.root().get(name);
        if (value == null) {
            return new ConfigSection(log, ConfigFactory.empty(), pathOf(name));
        }
        if (value instanceof ConfigObject object) {
            return new ConfigSection(log, object.toConfig(), pathOf(name));
        }
        log.problem(new ConfigProblem(pathOf(name), value.origin().description(), "expected a group of keys { ... }"));
        log.declareSubtree(path);
        return new ConfigSection(log, ConfigFactory.empty(), pathOf(name));
    }

    /** Whether the file has this key, or this section, at all. */
    public boolean has(String name) {
        return config.root().containsKey(name) || log.override(pathOf(name)) != null;
    }

    /** Whether keys are only declared, for the reference: then those of every choice are. */
    public boolean documenting() {
        return log.documenting();
    }

    /** A list of groups, each read by {@code shape}; empty if absent. */
    public <T> List<T> sections(String name, String doc, Function<ConfigSection, T> shape) {
        String full = pathOf(name);
        log.declare(new KeyDoc(full, "list of groups", "[]", doc));
        if (log.documenting()) {
            describe(shape, full + "[]");
            return List.of();
        }
        ConfigValue value = config.root().get(name);
        if (value == null) {
            return List.of();
        }
        if (value.valueType() != ConfigValueType.LIST) {
            log.problem(new ConfigProblem(full, value.origin().description(), "expected a list of groups [ { ... } ]"));
            log.declareSubtree(full);
            return List.of();
        }
        List<T> result = new ArrayList<>();
        int index = 0;
        for (ConfigValue element : config.getList(ConfigUtil.joinPath(name))) {
            String elementPath = full + "[" + index++ + "]";
            if (element instanceof ConfigObject object) {
                ConfigSection section = new ConfigSection(log, object.toConfig(), elementPath);
                result.add(shape.apply(section));
                section.rejectUnknown();
            } else {
                log.problem(new ConfigProblem(
                        elementPath, element.origin().description(), "expected a group of keys { ... }"));
            }
        }
        return result;
    }

    /** Free-form keys and values, such as another library's properties. A value's text is as in the file. */
    public Map<String, String> map(String name, String doc) {
        String full = pathOf(name);
        log.declare(new KeyDoc(full, "map", "{}", doc));
        log.declareSubtree(full);
        Map<String, String> result = new LinkedHashMap<>();
        ConfigValue value = config.root().get(name);
        if (value instanceof ConfigObject object) {
            object.toConfig().entrySet().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .forEach(entry -> result.put(
                            String.join(".", ConfigUtil.splitPath(entry.getKey())),
                            String.valueOf(entry.getValue().unwrapped())));
        } else if (value != null) {
            log.problem(new ConfigProblem(full, value.origin().description(), "expected a group of keys { ... }"));
        }
        return result;
    }

    /** A text. */
    public ConfigKey<String> text(String name) {
        return key(name, "text", "", ValueParser.TEXT);
    }

    /** A text that is never printed. */
    public ConfigKey<Secret> secret(String name) {
        return key(name, "secret text", new Secret(""), ValueParser.TEXT.map(Secret::new));
    }

    /** A list of texts; in the environment, separated by commas. */
    public ConfigKey<List<String>> texts(String name) {
        return key(name, "list of texts", List.of(), ValueParser.TEXTS);
    }

    /** A whole number. */
    public ConfigKey<Long> number(String name) {
        return key(name, "whole number", 0L, ValueParser.NUMBER);
    }

    /** True or false. */
    public ConfigKey<Boolean> flag(String name) {
        return key(name, "true or false", false, ValueParser.FLAG);
    }

    /** A duration, such as {@code 500ms}, {@code 60s} or {@code 5m}. */
    public ConfigKey<Duration> duration(String name) {
        return key(name, "duration", Duration.ZERO, ValueParser.DURATION);
    }

    /** A size in bytes, such as {@code 64MiB} or {@code 500kB}. */
    public ConfigKey<Long> size(String name) {
        return key(name, "size", 0L, ValueParser.SIZE);
    }

    /** One of an enum's constants, in lower case with dashes. */
    public <E extends Enum<E>> ConfigKey<E> choice(String name, Class<E> type) {
        Map<String, E> constants = Arrays.stream(type.getEnumConstants())
                .collect(Collectors.toMap(
                        constant -> constant.name().toLowerCase(Locale.ROOT).replace('_', '-'),
                        Function.identity(),
                        (left, right) -> left,
                        LinkedHashMap::new));
        String labels = String.join(" | ", constants.keySet());
        E first = constants.values().iterator().next();
        return key(name, labels, first, ValueParser.choice(constants, labels));
    }

    /**
     * Adds a problem that concerns several keys. Call it where the keys' own values are fine.
     *
     * @param name    the key to name, relative to this section
     * @param message what is wrong and what would be right
     */
    public void reject(String name, String message) {
        if (!log.documenting()) {
            ConfigValue value = config.root().get(name);
            String origin = value == null ? "not set" : value.origin().description();
            log.problem(new ConfigProblem(pathOf(name), origin, message));
        }
    }

    /** Reads an empty group, so that its keys become part of the reference. */
    private <T> T describe(Function<ConfigSection, T> shape, String elementPath) {
        return shape.apply(new ConfigSection(log, ConfigFactory.empty(), elementPath));
    }

    private void rejectUnknown() {
        for (Map.Entry<String, ConfigValue> entry : config.entrySet()) {
            String full = path + "." + String.join(".", ConfigUtil.splitPath(entry.getKey()));
            if (!log.declares(full)) {
                log.problem(new ConfigProblem(full, entry.getValue().origin().description(), "there is no such key"));
            }
        }
    }

    private <T> ConfigKey<T> key(String name, String type, T placeholder, ValueParser<T> parser) {
        return new ConfigKey<>(log, config.root().get(name), pathOf(name), type, placeholder, parser);
    }

    private String pathOf(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}

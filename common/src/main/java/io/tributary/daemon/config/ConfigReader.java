package io.tributary.daemon.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigSyntax;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * Reads a HOCON file into a program's own record. Reading a key declares it: its type, bounds, default and meaning are
 * said once, at the place that reads it, and serve the check, the error and the reference alike.
 *
 * <p>A program gives a <em>shape</em>, a function from the root {@link ConfigSection} to its config record:
 *
 * <pre>{@code
 * static ConsumerConfig read(ConfigSection root) {
 *     ConfigSection roll = root.section("roll");
 *     return new ConsumerConfig(
 *             root.texts("topics").doc("Topics to stage.").required(),
 *             roll.duration("max-age").doc("Longest time ...").between(ofMillis(100), ofDays(1)).orDefault("60s"));
 * }
 * }</pre>
 *
 * <p>Every key may be given by the environment instead: {@code TRIBUTARY_} and the path in upper case, with
 * underscores for dots and dashes. Confined to one thread.
 */
public final class ConfigReader {
    /** What the names of environment variables that override keys begin with. */
    public static final String ENVIRONMENT_PREFIX = "TRIBUTARY_";

    private final ReadLog log;
    private final ConfigSection root;

    private ConfigReader(Config config, Map<String, String> environment, boolean documenting) {
        log = new ReadLog(environment, documenting);
        root = new ConfigSection(log, config, "");
    }

    /**
     * Reads a file.
     *
     * @param file        a HOCON file
     * @param environment the process's environment
     * @param shape       makes the program's record
     * @throws ConfigException with every problem found: unknown keys, missing and bad values, unknown overrides
     */
    public static <T> T load(Path file, Map<String, String> environment, Function<ConfigSection, T> shape)
            throws ConfigException {
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            String problem = Files.exists(file) ? "is not a readable file" : "does not exist";
            throw new ConfigException(List.of(new ConfigProblem("", file.toString(), "the config file " + problem)));
        }
        return read(
                () -> ConfigFactory.parseFile(
                        file.toFile(), ConfigParseOptions.defaults().setSyntax(ConfigSyntax.CONF)),
                file.toString(),
                environment,
                shape);
    }

    /**
     * Reads HOCON text.
     *
     * @param origin what to call the text in errors
     * @throws ConfigException as {@link #load}
     */
    public static <T> T parse(
            String text, String origin, Map<String, String> environment, Function<ConfigSection, T> shape)
            throws ConfigException {
        return parse(text, origin, "", environment, shape);
    }

    /**
     * Reads HOCON text, and more of it that wins, such as a command line has.
     *
     * @param origin what to call the text in errors
     * @param more   what wins; errors call it the command line
     * @throws ConfigException as {@link #load}
     */
    public static <T> T parse(
            String text, String origin, String more, Map<String, String> environment, Function<ConfigSection, T> shape)
            throws ConfigException {
        return read(() -> hocon(more, "command line").withFallback(hocon(text, origin)), origin, environment, shape);
    }

    private static Config hocon(String text, String origin) throws ConfigException {
        try {
            return ConfigFactory.parseString(text, ConfigParseOptions.defaults().setOriginDescription(origin));
        } catch (com.typesafe.config.ConfigException malformed) {
            throw malformed(origin, malformed);
        }
    }

    private static ConfigException malformed(String origin, com.typesafe.config.ConfigException problem) {
        return new ConfigException(List.of(new ConfigProblem("", origin, String.valueOf(problem.getMessage()))));
    }

    /** What a shape reads: every key with its type, default and meaning, in the order of reading. */
    public static List<KeyDoc> document(Function<ConfigSection, ?> shape) {
        ConfigReader reader = new ConfigReader(ConfigFactory.empty(), Map.of(), true);
        Object declaredByReading = shape.apply(reader.root);
        return declaredByReading == null ? List.of() : reader.log.docs();
    }

    private interface Parsing {
        Config parse() throws ConfigException;
    }

    private static <T> T read(
            Parsing parsing, String origin, Map<String, String> environment, Function<ConfigSection, T> shape)
            throws ConfigException {
        Config config;
        try {
            config = parsing.parse().resolve();
        } catch (com.typesafe.config.ConfigException malformed) {
            throw malformed(origin, malformed);
        }
        ConfigReader reader = new ConfigReader(config, environment, false);
        T result = shape.apply(reader.root);
        List<ConfigProblem> problems = new ArrayList<>(reader.log.problems());
        problems.addAll(reader.unknownKeys(config));
        problems.addAll(reader.unknownOverrides(environment));
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
        return result;
    }

    private List<ConfigProblem> unknownKeys(Config config) {
        List<ConfigProblem> problems = new ArrayList<>();
        for (Map.Entry<String, ConfigValue> entry : config.entrySet()) {
            String path = String.join(".", ConfigUtil.splitPath(entry.getKey()));
            if (!log.declares(path)) {
                problems.add(new ConfigProblem(
                        path, entry.getValue().origin().description(), "there is no such key" + suggestion(path)));
            }
        }
        problems.sort((left, right) -> left.path().compareTo(right.path()));
        return problems;
    }

    private List<ConfigProblem> unknownOverrides(Map<String, String> environment) {
        return environment.keySet().stream()
                .filter(name -> name.startsWith(ENVIRONMENT_PREFIX) && !log.declaresVariable(name))
                .sorted()
                .map(name -> new ConfigProblem("", "environment", name + " overrides no key of this program"))
                .toList();
    }

    private String suggestion(String path) {
        return log.nearest(path).map(near -> "; did you mean '" + near + "'?").orElse("; docs/config/ lists the keys");
    }

    static String variable(String path) {
        return ENVIRONMENT_PREFIX
                + path.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }
}

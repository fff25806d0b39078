package io.tributary.daemon;

import io.tributary.daemon.config.ConfigException;
import io.tributary.daemon.config.ConfigReader;
import io.tributary.daemon.config.ConfigReference;
import io.tributary.daemon.config.ConfigSection;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The command line that every daemon has: {@code --config FILE}, {@code --check}, {@code --help}. Exit codes: 0 done or
 * stopped cleanly, 1 failure, 2 bad usage or configuration.
 *
 * @param <C> the program's configuration
 */
@Command(mixinStandardHelpOptions = true, versionProvider = DaemonProgram.Version.class)
public final class DaemonProgram<C> implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(DaemonProgram.class);
    private static final int FAILED = 1;
    private static final int BAD_CONFIG = 2;

    private final String name;
    private final Function<ConfigSection, C> shape;
    private final Factory<C> factory;

    @Option(names = "--config", paramLabel = "FILE", description = "The configuration, a HOCON file.")
    private @Nullable Path config;

    @Option(names = "--check", description = "Check the configuration and exit: 0 if it is good, 2 if not.")
    private boolean check;

    @Option(names = "--print-config-reference", hidden = true)
    private boolean reference;

    private DaemonProgram(String name, Function<ConfigSection, C> shape, Factory<C> factory) {
        this.name = name;
        this.shape = shape;
        this.factory = factory;
    }

    /** Composes the daemon. Called once the configuration is known to be good. */
    public interface Factory<C> {
        Daemon create(C config) throws Exception;
    }

    /**
     * Runs a program as its {@code main} would.
     *
     * @param name  the program's name, as in its jar
     * @param about what it does, in one sentence, for {@code --help}
     * @return the exit code
     */
    public static <C> int run(
            String name, String about, String[] args, Function<ConfigSection, C> shape, Factory<C> factory) {
        CommandLine line = new CommandLine(new DaemonProgram<>(name, shape, factory));
        line.setCommandName("java -jar " + name + ".jar");
        line.getCommandSpec().usageMessage().description(about);
        return line.execute(args);
    }

    @Override
    public Integer call() {
        if (reference) {
            System.out.print(ConfigReference.markdown(name, shape));
            return 0;
        }
        if (config == null) {
            System.err.println(name + ": --config FILE is missing; --help lists the options");
            return BAD_CONFIG;
        }
        C settings;
        try {
            settings = ConfigReader.load(config, System.getenv(), shape);
        } catch (ConfigException bad) {
            System.err.println(name + ": " + bad.getMessage());
            return BAD_CONFIG;
        }
        if (check) {
            System.out.println(name + ": " + config + " is good");
            return 0;
        }
        return runUntilStopped(settings);
    }

    private int runUntilStopped(C settings) {
        Daemon daemon;
        try {
            daemon = factory.create(settings);
        } catch (UsageException impossible) {
            report(impossible);
            return BAD_CONFIG;
        } catch (Exception failure) {
            report(failure);
            return FAILED;
        }
        try (ShutdownHook hook = ShutdownHook.install(name, daemon)) {
            return runAndReport(daemon, hook);
        }
    }

    /** Reports before the hook is closed: from then on, a process that is being stopped may end at any moment. */
    private int runAndReport(Daemon daemon, ShutdownHook hook) {
        try {
            daemon.run();
            LOG.atInfo().addKeyValue("program", name).log("stopped");
            hook.finished(0);
            return 0;
        } catch (Exception failure) {
            report(failure);
            return FAILED;
        }
    }

    private void report(Exception failure) {
        if (!(failure instanceof Explained)) {
            LOG.atError().addKeyValue("program", name).setCause(failure).log("failed");
        }
        System.err.println(name + ": " + Failures.oneLine(failure));
    }

    /** The version that the build wrote into the jar's manifest. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = DaemonProgram.class.getPackage().getImplementationVersion();
            return new String[] {version == null ? "development build" : version};
        }
    }
}

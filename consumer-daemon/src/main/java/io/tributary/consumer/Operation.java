package io.tributary.consumer;

import io.tributary.consumer.config.ConsumerConfig;
import io.tributary.consumer.store.StoreException;
import io.tributary.consumer.upload.ClusterSilentException;
import io.tributary.consumer.upload.Patience;
import io.tributary.daemon.Failures;
import io.tributary.daemon.UsageException;
import io.tributary.daemon.config.ConfigException;
import io.tributary.daemon.config.ConfigReader;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/**
 * What the commands that an operator gives beside a running daemon have in common: a configuration, a partition, and
 * whatever goes wrong on one line. Exit code 2: it cannot be; 1: it failed and may be tried again.
 */
abstract class Operation implements Callable<Integer> {
    static final int FAILED = 1;
    static final int CONNECTIONS = 2;
    /** For what creates objects: our own creation tried again would look foreign. */
    static final int NO_RETRIES = 0;

    private static final int BAD_USAGE = 2;
    private static final long PAUSE_MILLIS = 500;

    private final String name;
    private final String advice;

    @Option(names = "--config", paramLabel = "FILE", required = true, description = "The consumer's configuration.")
    private Path config = Path.of("");

    @Option(names = "--topic", paramLabel = "T", required = true, description = "The topic, one that is staged.")
    private String topic = "";

    @Option(names = "--partition", paramLabel = "P", required = true, description = "Its partition.")
    private int partition;

    /**
     * An operation.
     *
     * @param name   the command's
     * @param advice what to do after a failure
     */
    Operation(String name, String advice) {
        this.name = name;
        this.advice = advice;
    }

    /** Runs as {@code main} would, and returns the exit code. */
    static int run(Operation operation, String[] args) {
        CommandLine line = new CommandLine(operation);
        line.setCommandName("java -jar consumer-daemon.jar " + operation.name);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        return line.execute(args);
    }

    /** Refuses arguments that cannot be. */
    abstract void check(ConsumerConfig settings) throws UsageException;

    /** Does it, and returns the exit code. */
    abstract int operate(ConsumerConfig settings) throws UsageException, StoreException, ClusterSilentException;

    @Override
    public final Integer call() {
        try {
            ConsumerConfig settings = ConfigReader.load(config, System.getenv(), ConsumerConfig::read);
            check(settings);
            return operate(settings);
        } catch (ConfigException | UsageException impossible) {
            say(String.valueOf(impossible.getMessage()));
            return BAD_USAGE;
        } catch (StoreException | ClusterSilentException | RuntimeException failure) {
            say(Failures.oneLine(failure) + "; " + advice);
            return FAILED;
        }
    }

    final void requireStaged(ConsumerConfig settings) throws UsageException {
        if (!settings.group().stages(topic)) {
            throw new UsageException("topic " + topic + " is not one that " + config + " stages");
        }
    }

    /** Tries what may pass several times, and says so. */
    final Patience patience(int tries) {
        return new Patience(tries, PAUSE_MILLIS, this::say);
    }

    final String topic() {
        return topic;
    }

    final int partition() {
        return partition;
    }

    private void say(String line) {
        System.err.println("consumer-daemon " + name + ": " + line);
    }
}

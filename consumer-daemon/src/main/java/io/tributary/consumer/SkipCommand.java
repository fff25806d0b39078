package io.tributary.consumer;

import io.tributary.consumer.config.ConsumerConfig;
import io.tributary.consumer.kafka.KafkaLogs;
import io.tributary.consumer.skip.Skipper;
import io.tributary.consumer.store.StoreException;
import io.tributary.consumer.store.s3.S3StagingStore;
import io.tributary.consumer.upload.ClusterSilentException;
import io.tributary.consumer.upload.Patience;
import io.tributary.daemon.Failures;
import io.tributary.daemon.UsageException;
import io.tributary.daemon.config.ConfigException;
import io.tributary.daemon.config.ConfigReader;
import io.tributary.staging.LinkMetadata;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import software.amazon.awssdk.services.s3.S3Client;

/** {@code skip}: moves a chain on past offsets, on purpose. */
@Command(
        name = "skip",
        description = "Appends a link without records to a partition's chain, so that staging goes on at OFFSET. The "
                + "offsets skipped are named in the audit, with the reason. Consumers may run meanwhile. Done twice, "
                + "it is done once. Exit code 0: the chain goes on at OFFSET or behind it.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class SkipCommand implements Callable<Integer> {
    private static final String NAME = "consumer-daemon skip";
    private static final int FAILED = 1;
    private static final int BAD_USAGE = 2;
    private static final int TRIES = 5;
    private static final long PAUSE_MILLIS = 500;
    private static final int CONNECTIONS = 2;
    /** Our own creation tried again would look foreign. */
    private static final int NO_RETRIES = 0;

    @Option(names = "--config", paramLabel = "FILE", required = true, description = "The consumer's configuration.")
    private Path config = Path.of("");

    @Option(names = "--topic", paramLabel = "T", required = true, description = "The topic, one that is staged.")
    private String topic = "";

    @Option(names = "--partition", paramLabel = "P", required = true, description = "Its partition.")
    private int partition;

    @Option(
            names = "--to",
            paramLabel = "OFFSET",
            required = true,
            description = "The first offset that is staged again; not beyond the log's end.")
    private long to;

    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            required = true,
            description = "Why, for those who will read the audit.")
    private String reason = "";

    private SkipCommand() {}

    /** Runs as {@code main} would, and returns the exit code. */
    static int run(String[] args) {
        CommandLine line = new CommandLine(new SkipCommand());
        line.setCommandName("java -jar consumer-daemon.jar skip");
        return line.execute(args);
    }

    @Override
    public Integer call() {
        try {
            ConsumerConfig settings = ConfigReader.load(config, System.getenv(), ConsumerConfig::read);
            check(settings);
            System.out.println(skip(settings));
            return 0;
        } catch (ConfigException | UsageException impossible) {
            System.err.println(NAME + ": " + impossible.getMessage());
            return BAD_USAGE;
        } catch (StoreException | ClusterSilentException | RuntimeException failure) {
            System.err.println(NAME + ": " + Failures.oneLine(failure) + "; nothing is half done, try again");
            return FAILED;
        }
    }

    private void check(ConsumerConfig settings) throws UsageException {
        if (to < 0 || partition < 0) {
            throw new UsageException("--to and --partition count from 0");
        }
        if (reason.isBlank() || !LinkMetadata.isShortEnough(reason)) {
            throw new UsageException(
                    "--reason must be there and at most 1000 bytes long, where every byte of a letter other "
                            + "than ASCII counts as three");
        }
        if (!settings.group().stages(topic)) {
            throw new UsageException("topic " + topic + " is not one that " + config + " stages");
        }
    }

    private String skip(ConsumerConfig settings) throws UsageException, StoreException, ClusterSilentException {
        String prefix = settings.staging().prefix();
        try (KafkaLogs logs = KafkaLogs.open(settings.group());
                S3Client s3 = settings.s3().client(CONNECTIONS, NO_RETRIES)) {
            Skipper skipper = new Skipper(
                    new S3StagingStore(s3, settings.staging().bucket(), prefix),
                    logs,
                    settings.staging().compression(),
                    "skip-" + UUID.randomUUID());
            Skipper.Request request = new Skipper.Request(topic, partition, to, reason);
            // The skipper is the same over all tries, so that it knows its own link when an answer got lost.
            Skipper.Outcome outcome = new Patience(TRIES, PAUSE_MILLIS, line -> System.err.println(NAME + ": " + line))
                    .with(() -> skipper.skip(request));
            String chain = topic + "/" + partition;
            if (outcome instanceof Skipper.Skipped skipped) {
                return "skipped offsets " + skipped.offsets() + " of " + chain + " by link "
                        + skipped.link().name().key(prefix) + "; staging goes on at " + to;
            }
            return "nothing to skip: the chain of " + chain + " goes on at offset "
                    + ((Skipper.Reached) outcome).position() + " already";
        }
    }
}

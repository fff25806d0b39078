package io.tributary.consumer;

import io.tributary.consumer.config.ConsumerConfig;
import io.tributary.consumer.kafka.KafkaLogs;
import io.tributary.consumer.skip.Skipper;
import io.tributary.consumer.store.FollowingStore;
import io.tributary.consumer.store.StoreException;
import io.tributary.consumer.store.s3.S3StagingStore;
import io.tributary.consumer.upload.ClusterSilentException;
import io.tributary.daemon.UsageException;
import io.tributary.staging.LinkMetadata;
import java.util.UUID;
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
final class SkipCommand extends Operation {
    private static final int TRIES = 5;

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

    SkipCommand() {
        super("skip", "nothing is half done, try again");
    }

    @Override
    void check(ConsumerConfig settings) throws UsageException {
        if (to < 0 || partition() < 0) {
            throw new UsageException("--to and --partition count from 0");
        }
        if (reason.isBlank() || !LinkMetadata.isShortEnough(reason)) {
            throw new UsageException(
                    "--reason must be there and at most 1000 bytes long, where every byte of a letter other "
                            + "than ASCII counts as three");
        }
        requireStaged(settings);
    }

    @Override
    int operate(ConsumerConfig settings) throws UsageException, StoreException, ClusterSilentException {
        try (KafkaLogs logs = KafkaLogs.open(settings.group());
                S3Client s3 = settings.s3().client(CONNECTIONS, NO_RETRIES)) {
            FollowingStore store = new FollowingStore(
                    settings.staging().prefix(),
                    prefix -> new S3StagingStore(s3, settings.staging().bucket(), prefix));
            Skipper skipper = new Skipper(store, logs, settings.staging().compression(), "skip-" + UUID.randomUUID());
            Skipper.Request request = new Skipper.Request(topic(), partition(), to, reason);
            // The skipper is the same over all tries, so that it knows its own link when an answer got lost.
            Skipper.Outcome outcome = patience(TRIES).with(() -> skipper.skip(request));
            String chain = topic() + "/" + partition();
            if (outcome instanceof Skipper.Skipped skipped) {
                System.out.println("skipped offsets " + skipped.offsets() + " of " + chain + " by link "
                        + skipped.link().name().key(prefix(store, skipped)) + "; staging goes on at " + to);
            } else {
                System.out.println("nothing to skip: the chain of " + chain + " goes on at offset "
                        + ((Skipper.Reached) outcome).position() + " already");
            }
            return 0;
        }
    }

    private static String prefix(FollowingStore store, Skipper.Skipped skipped) {
        return store.seen(skipped.link().name().chain()).prefix();
    }
}

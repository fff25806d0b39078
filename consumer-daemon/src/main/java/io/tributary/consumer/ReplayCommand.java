package io.tributary.consumer;

import io.tributary.consumer.config.ConsumerConfig;
import io.tributary.consumer.kafka.KafkaLogs;
import io.tributary.consumer.kafka.KafkaRecords;
import io.tributary.consumer.replay.Asked;
import io.tributary.consumer.replay.GenerationDiff;
import io.tributary.consumer.replay.Replay;
import io.tributary.consumer.skip.Logs;
import io.tributary.consumer.store.StoreException;
import io.tributary.consumer.store.s3.S3StagedChain;
import io.tributary.consumer.store.s3.S3StagingStore;
import io.tributary.consumer.upload.ClusterSilentException;
import io.tributary.daemon.UsageException;
import io.tributary.staging.OffsetRange;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import software.amazon.awssdk.services.s3.S3Client;

/** {@code replay}: writes a chain anew under another prefix, and compares. */
@Command(
        name = "replay",
        description = {
            "start: writes a partition's whole chain anew under another staging prefix: the asked offsets are read from "
                    + "Kafka again, where it still has them, as are holes; all others are copied. Killed or done again, "
                    + "it goes on.",
            "diff: compares the new generation with the old one. Exit code 0 only if it is whole, as long as the old one, "
                    + "and differs at the asked offsets or nowhere."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class ReplayCommand extends Operation {
    private static final int SHOWN = 20;

    private static final int READ_RETRIES = 4;
    private static final int TRIES = 8;

    @Parameters(paramLabel = "start|diff", description = "What to do.")
    private Action action = Action.DIFF;

    @Option(
            names = "--into",
            paramLabel = "PREFIX",
            required = true,
            description = "The new generation's staging prefix, for example staging.2.")
    private String into = "";

    @Option(
            names = "--from",
            paramLabel = "OFFSET|TIME",
            required = true,
            description = "The first offset to read again, or the time of the first record, such as "
                    + "2026-05-03T10:00:00Z.")
    private String from = "";

    @Option(
            names = "--to",
            paramLabel = "OFFSET|TIME",
            required = true,
            description = "The first offset, or the time, behind what is read again.")
    private String to = "";

    private enum Action {
        START,
        DIFF
    }

    ReplayCommand() {
        super("replay", "the same command goes on");
    }

    @Override
    void check(ConsumerConfig settings) throws UsageException {
        requireStaged(settings);
        if (into.isEmpty() || into.startsWith("/") || into.endsWith("/")) {
            throw new UsageException("--into must be a prefix that does not begin or end with '/'");
        }
        if (into.equals(settings.staging().prefix())) {
            throw new UsageException("--into names the staging prefix that is in use; a generation needs another");
        }
        if (isWithin(into, settings.staging().prefix())
                || isWithin(settings.staging().prefix(), into)) {
            throw new UsageException("--into " + into + " and the staging prefix "
                    + settings.staging().prefix() + " lie one within the other, so that crawlers and listings "
                    + "of one would find both; choose a prefix beside it, such as "
                    + settings.staging().prefix() + ".2");
        }
    }

    private static boolean isWithin(String inner, String outer) {
        return inner.startsWith(outer + "/");
    }

    @Override
    int operate(ConsumerConfig settings) throws UsageException, StoreException, ClusterSilentException {
        String bucket = settings.staging().bucket();
        try (KafkaLogs logs = KafkaLogs.open(settings.group());
                S3Client writes = settings.s3().client(CONNECTIONS, NO_RETRIES);
                S3Client s3 = settings.s3().client(CONNECTIONS, READ_RETRIES)) {
            Logs.Log log = logs.of(topic(), partition())
                    .orElseThrow(() ->
                            new UsageException("there is no partition " + topic() + "/" + partition() + " in Kafka"));
            OffsetRange asked = asked(logs);
            S3StagedChain old = new S3StagedChain(s3, bucket, settings.staging().prefix());
            if (action == Action.DIFF) {
                return tell(
                        GenerationDiff.compare(log.chain(), old, new S3StagedChain(s3, bucket, into)), asked, settings);
            }
            try (KafkaRecords records = KafkaRecords.open(settings.group())) {
                Replay replay = new Replay(
                        old,
                        new S3StagingStore(writes, s3, bucket, into),
                        records,
                        logs::incarnation,
                        patience(TRIES),
                        settings.roll(),
                        settings.staging().compression());
                Replay.Report report = replay.run(log.chain(), new Asked(from + ".." + to, asked), log.offsets());
                System.out.println("replayed " + topic() + "/" + partition() + " into " + into + " up to offset "
                        + report.end() + ": " + report.links() + " links written, " + report.reread()
                        + " records read from Kafka, " + report.copied() + " copied");
                return 0;
            }
        }
    }

    private OffsetRange asked(KafkaLogs logs) throws UsageException, ClusterSilentException {
        long first = logs.offsetOf(topic(), partition(), from);
        long next = logs.offsetOf(topic(), partition(), to);
        if (next < first) {
            throw new UsageException("--to is before --from: offsets " + next + " and " + first);
        }
        return new OffsetRange(first, next);
    }

    private int tell(GenerationDiff.Report report, OffsetRange asked, ConsumerConfig settings) {
        report.differences().stream()
                .limit(SHOWN)
                .forEach(difference ->
                        System.out.println(difference.change().name().toLowerCase(Locale.ROOT)
                                + " offsets " + difference.first() + " to " + difference.last() + ": "
                                + difference.records()
                                + (difference.records() == 1 ? " record" : " records")));
        if (report.differences().size() > SHOWN) {
            System.out.println("and " + (report.differences().size() - SHOWN) + " more ranges");
        }
        report.faults().forEach(fault -> System.out.println("broken: " + fault));
        boolean good = report.isGood(asked);
        System.out.println((good ? "good: " : "not good: ") + report.equal() + " records are equal, "
                + report.differences().stream()
                        .mapToLong(GenerationDiff.Difference::records)
                        .sum()
                + " differ; " + settings.staging().prefix() + " ends at " + report.oldEnd() + ", " + into + " at "
                + report.newEnd() + "; asked for " + asked);
        return good ? 0 : FAILED;
    }
}

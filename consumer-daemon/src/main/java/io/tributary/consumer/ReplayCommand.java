package io.tributary.consumer;

import io.tributary.consumer.config.ConsumerConfig;
import io.tributary.consumer.kafka.KafkaLogs;
import io.tributary.consumer.kafka.KafkaRecords;
import io.tributary.consumer.replay.Asked;
import io.tributary.consumer.replay.DiffJudge;
import io.tributary.consumer.replay.GenerationDiff;
import io.tributary.consumer.replay.Replay;
import io.tributary.consumer.replay.Switch;
import io.tributary.consumer.skip.Logs;
import io.tributary.consumer.store.FollowingStore;
import io.tributary.consumer.store.Generation;
import io.tributary.consumer.store.StoreException;
import io.tributary.consumer.store.s3.S3StagedChain;
import io.tributary.consumer.store.s3.S3StagingStore;
import io.tributary.consumer.upload.ClusterSilentException;
import io.tributary.daemon.UsageException;
import io.tributary.staging.GenerationPath;
import io.tributary.staging.OffsetRange;
import io.tributary.staging.StagingPrefix;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import software.amazon.awssdk.services.s3.S3Client;

/** {@code replay}: writes a chain anew under another prefix, compares, and lets the chain go on there. */
@Command(
        name = "replay",
        description = {
            "start: writes a partition's whole chain anew under another staging prefix: the asked offsets are read from "
                    + "Kafka again, where it still has them, as are holes; all others are copied. Killed or done again, "
                    + "it goes on.",
            "diff: compares the new generation with the old one. Exit code 0 only if it is whole, as long as the old one, "
                    + "and differs at the asked offsets or nowhere.",
            "switch: ends the partition's chain under the prefix that it is in, so that consumers, merges and audits go on "
                    + "in the new generation. Only a good one is switched to. Done again, it changes nothing."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class ReplayCommand extends Operation {
    private static final int SHOWN = 20;
    private static final int READ_RETRIES = 4;
    private static final int TRIES = 8;

    @Parameters(paramLabel = "start|diff|switch", description = "What to do.")
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
            description = "The first offset to read again, or the time of the first record, such as "
                    + "2026-05-03T10:00:00Z. Not for switch, nor is --to.")
    private String from = "";

    @Option(
            names = "--to",
            paramLabel = "OFFSET|TIME",
            description = "The first offset, or the time, behind what is read again.")
    private String to = "";

    private enum Action {
        START,
        DIFF,
        SWITCH
    }

    ReplayCommand() {
        super("replay", "the same command goes on");
    }

    @Override
    void check(ConsumerConfig settings) throws UsageException {
        requireStaged(settings);
        if (!StagingPrefix.isValid(into)) {
            throw new UsageException("--into '" + into + "' is no staging prefix: " + StagingPrefix.RULE);
        }
        if (action == Action.SWITCH && !(from + to).isEmpty()) {
            throw new UsageException(
                    "switch takes neither --from nor --to: the generation tells what it was asked for");
        }
        if (action != Action.SWITCH && (from.isEmpty() || to.isEmpty())) {
            throw new UsageException("--from and --to must say what is to be read again, or was");
        }
        requireBeside(settings.staging().prefix());
    }

    private void requireBeside(String prefix) throws UsageException {
        if (into.equals(prefix)) {
            throw new UsageException("--into names the staging prefix that is in use; a generation needs another");
        }
        if (isWithin(into, prefix) || isWithin(prefix, into)) {
            throw new UsageException("--into " + into + " and the staging prefix " + prefix
                    + " lie one within the other, so that crawlers and listings "
                    + "of one would find both; choose a prefix beside it, such as " + prefix + ".2");
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
            Function<String, Generation> generations = prefix -> new S3StagingStore(writes, s3, bucket, prefix);
            GenerationPath path = new FollowingStore(settings.staging().prefix(), generations).find(log.chain());
            if (action == Action.SWITCH && into.equals(path.prefix())) {
                System.out.println(goesOn(path.since()) + " already");
                return 0;
            }
            requireFresh(path);
            S3StagedChain old = new S3StagedChain(s3, bucket, path.prefix());
            S3StagedChain next = new S3StagedChain(s3, bucket, into);
            if (action == Action.DIFF) {
                OffsetRange asked = asked(logs);
                return tell(GenerationDiff.compare(log.chain(), old, next), asked, path.prefix());
            }
            try (KafkaRecords records = KafkaRecords.open(settings.group())) {
                Replay replay = new Replay(
                        old,
                        generations.apply(into),
                        records,
                        logs::incarnation,
                        patience(TRIES),
                        settings.roll(),
                        settings.staging().compression());
                if (action == Action.SWITCH) {
                    Switch switching = new Switch(
                            generations.apply(path.prefix()),
                            generations.apply(into),
                            into,
                            new DiffJudge(old, next),
                            replay::copy,
                            logs::incarnation,
                            patience(TRIES),
                            "switch-" + UUID.randomUUID());
                    return tell(switching.run(log.chain()));
                }
                return tell(replay.run(log.chain(), new Asked(from + ".." + to, asked(logs)), log.offsets()));
            }
        }
    }

    private void requireFresh(GenerationPath path) throws UsageException {
        if (!path.hasReached(into)) {
            requireBeside(path.prefix());
            return;
        }
        String here = topic() + "/" + partition() + " is in " + path.prefix() + " since offset " + path.since();
        throw new UsageException(here
                + (into.equals(path.prefix()) ? "" : " and was in " + into + " before; a chain never goes back")
                + ": choose another prefix");
    }

    private String goesOn(long since) {
        return topic() + "/" + partition() + " goes on in " + into + " since offset " + since;
    }

    private int tell(Switch.Outcome outcome) {
        if (outcome instanceof Switch.Switched switched) {
            System.out.println(goesOn(switched.since()));
            return 0;
        }
        System.err.println("consumer-daemon replay: " + topic() + "/" + partition()
                + " was not switched: consumers stage faster than their links are copied; " + into
                + " is complete up to offset " + ((Switch.Outrun) outcome).end()
                + " now; try again, or while less is written");
        return FAILED;
    }

    private int tell(Replay.Report report) {
        System.out.println("replayed " + topic() + "/" + partition() + " into " + into + " up to offset " + report.end()
                + ": " + report.links() + " links written, " + report.reread() + " records read from Kafka, "
                + report.copied() + " copied");
        return 0;
    }

    private OffsetRange asked(KafkaLogs logs) throws UsageException, ClusterSilentException {
        long first = logs.offsetOf(topic(), partition(), from);
        long next = logs.offsetOf(topic(), partition(), to);
        if (next < first) {
            throw new UsageException("--to is before --from: offsets " + next + " and " + first);
        }
        return new OffsetRange(first, next);
    }

    private int tell(GenerationDiff.Report report, OffsetRange asked, String prefix) {
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
                + " differ; " + prefix + " ends at " + report.oldEnd() + ", " + into + " at "
                + report.newEnd() + "; asked for " + asked);
        return good ? 0 : FAILED;
    }
}

package io.tributary.consumer.kafka;

import io.tributary.consumer.config.GroupConfig;
import io.tributary.consumer.encode.BufferBudget;
import io.tributary.consumer.metrics.ConsumerMetrics;
import io.tributary.daemon.Failures;
import io.tributary.daemon.MonotonicClock;
import io.tributary.staging.CutReason;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The poll loop. The thread that runs it owns the Kafka consumer and all partitions' state; other threads reach it
 * through the mailbox only. Encoding and uploading happen elsewhere, so that a turn is short.
 */
final class PollAgent {
    private static final Logger LOG = LoggerFactory.getLogger(PollAgent.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration HELD_BACK = Duration.ofMillis(20);
    /** More would only wait, and fill the heap with what dies late. */
    private static final long MOST_UNENCODED = 16 * 1024 * 1024;
    /** The group must hear of this member, however slow its encoders are. */
    private static final long MOST_UNPOLLED_MILLIS = 1_000;

    private static final long FIGURES_EVERY_MILLIS = 1_000;
    private static final long STATUS_EVERY_MILLIS = 30_000;
    /** systemd and the like wait longer, and so does whoever waits for a SIGTERM to be obeyed within 10 s. */
    private static final Duration SHUTDOWN = Duration.ofSeconds(5);

    private static final Duration COMMIT = Duration.ofSeconds(1);
    private static final Duration LEAVE = Duration.ofSeconds(2);

    private final Consumer<byte[], byte[]> consumer;
    private final GroupConfig group;
    private final Partitions partitions;
    private final FlowControl flow;
    private final Commits commits;
    private final Mailbox mailbox;
    private final BufferBudget budget;
    private final ReaderStatus status;
    private final ConsumerMetrics metrics;
    private final MonotonicClock clock;
    private final PartitionProgress progress = new PartitionProgress();
    private volatile boolean stopping;
    private long polledAt;
    private long figuresAt;
    private long statusAt;
    private long recordsAtStatus;

    PollAgent(
            Consumer<byte[], byte[]> consumer,
            GroupConfig group,
            Partitions partitions,
            Commits commits,
            WriterSetup setup,
            ReaderStatus status) {
        this.consumer = consumer;
        this.group = group;
        this.partitions = partitions;
        this.flow = new FlowControl(consumer, partitions, setup.budget());
        this.commits = commits;
        this.mailbox = setup.mailbox();
        this.budget = setup.budget();
        this.metrics = setup.metrics();
        this.clock = setup.clock();
        this.status = status;
        this.statusAt = clock.millis();
    }

    /** Asks {@link #run()} to write what is gathered and return. Any thread. */
    void stop() {
        stopping = true;
        consumer.wakeup();
    }

    /** Reads until stopped or until it cannot go on; in both cases writes first what it holds, as far as possible. */
    void run() throws InterruptedException {
        GroupMembershipOperation membership = GroupMembershipOperation.REMAIN_IN_GROUP;
        try {
            subscribe();
            while (!stopping) {
                turn();
            }
            drain();
            membership = GroupMembershipOperation.LEAVE_GROUP;
        } catch (RecordsExpiredException | LogTruncatedException | UnreadableLogException cannotGoOn) {
            drain();
            throw cannotGoOn;
        } finally {
            partitions.closeAll();
            close(membership);
        }
    }

    private void subscribe() {
        if (group.pattern().isPresent()) {
            consumer.subscribe(group.pattern().get(), partitions);
        } else {
            consumer.subscribe(Set.copyOf(group.topics()), partitions);
        }
    }

    private void turn() throws InterruptedException {
        long now = clock.millis();
        status.turned(now);
        mailbox.runAll();
        partitions.cutWhatIsDue(now);
        flow.apply(now);
        commits.sendSometimes(now);
        figures(now);
        if (flow.allPaused()) {
            mailbox.runOrWait(HELD_BACK);
        } else if (!budget.awaitEncoders(Math.min(MOST_UNENCODED, budget.limit() / 4), HELD_BACK)
                && now - polledAt < MOST_UNPOLLED_MILLIS) {
            return;
        }
        polledAt = now;
        try {
            append(consumer.poll(flow.allPaused() ? Duration.ZERO : POLL));
        } catch (OffsetOutOfRangeException outside) {
            LOG.atWarn()
                    .addKeyValue("partitions", outside.offsetOutOfRangePartitions())
                    .log("positions are outside of the log");
            partitions.outOfRange(outside.offsetOutOfRangePartitions().keySet());
        } catch (FencedInstanceIdException taken) {
            throw new IllegalStateException(
                    "another process runs as kafka.instance-id '" + group.instanceId() + "' of group '" + group.group()
                            + "': give each daemon its own",
                    taken);
        } catch (WakeupException toldToStop) {
            LOG.atDebug().log("woken up");
        } catch (KafkaException unreadable) {
            throw new UnreadableLogException(unreadable);
        }
    }

    private void append(ConsumerRecords<byte[], byte[]> records) {
        long now = clock.millis();
        long blockLimit = flow.blockLimit();
        for (TopicPartition partition : records.partitions()) {
            partitions
                    .writer(partition)
                    .ifPresent(writer -> writer.append(records.records(partition), blockLimit, now));
        }
    }

    /** Writes what is gathered, in the time that there is. */
    private void drain() throws InterruptedException {
        status.stopping();
        long started = clock.millis();
        List<TopicPartition> all = List.copyOf(partitions.assigned());
        boolean whole = partitions.flush(all, CutReason.SHUTDOWN, SHUTDOWN);
        commits.sendNow(COMMIT);
        if (whole) {
            LOG.atInfo().addKeyValue("millis", clock.millis() - started).log("all that was read is staged");
        } else {
            LOG.atWarn()
                    .addKeyValue(
                            "records",
                            partitions.writers().stream()
                                    .mapToLong(PartitionWriter::gatheredRecords)
                                    .sum())
                    .log("not all that was read could be staged in time; it stays in Kafka and is read again");
        }
    }

    private void close(GroupMembershipOperation membership) {
        try {
            consumer.close(CloseOptions.timeout(LEAVE).withGroupMembershipOperation(membership));
        } catch (RuntimeException failure) {
            LOG.atWarn().addKeyValue("reason", Failures.oneLine(failure)).log("the consumer did not close cleanly");
        }
    }

    private void figures(long now) {
        if (now - figuresAt < FIGURES_EVERY_MILLIS) {
            return;
        }
        figuresAt = now;
        partitions.notePositions();
        long known = 0;
        int unknown = 0;
        progress.retain(partitions.assigned());
        for (TopicPartition partition : partitions.assigned()) {
            Optional<PartitionWriter> writer = partitions.writer(partition);
            if (writer.isEmpty()) {
                unknown++;
                metrics.removePartition(partition.topic(), partition.partition());
                continue;
            }
            OptionalLong lag = consumer.currentLag(partition);
            known += lag.orElse(0);
            unknown += lag.isPresent() ? 0 : 1;
            metrics.partitionLag(partition.topic(), partition.partition(), lag);
            progress.note(partition, writer.get().position(), lag, now);
        }
        OptionalLong lag = unknown == 0 ? OptionalLong.of(known) : OptionalLong.empty();
        metrics.lag(lag);
        status.update(new ReaderStatus.Snapshot(
                partitions.joined(),
                partitions.assigned().size(),
                partitions.recovering(),
                flow.paused(),
                connected(),
                lag,
                unknown,
                progress.longest()));
        if (now - statusAt >= STATUS_EVERY_MILLIS) {
            report(now, lag);
        }
    }

    private boolean connected() {
        return consumer.metrics().values().stream()
                .filter(metric -> metric.metricName().name().equals("connection-count")
                        && metric.metricName().group().equals("consumer-metrics"))
                .allMatch(metric -> metric.metricValue() instanceof Double count && count > 0);
    }

    private void report(long now, OptionalLong lag) {
        long records = metrics.recordsStaged();
        LOG.atInfo()
                .addKeyValue("partitions", partitions.assigned().size())
                .addKeyValue("lag", lag.isPresent() ? Long.toString(lag.getAsLong()) : "unknown")
                .addKeyValue("recordsStaged", records)
                .addKeyValue("perSecond", (records - recordsAtStatus) * 1000 / Math.max(1, now - statusAt))
                .addKeyValue("links", metrics.linksCreated())
                .addKeyValue("bufferedBytes", budget.held())
                .addKeyValue("paused", flow.paused())
                .log("status");
        statusAt = now;
        recordsAtStatus = records;
    }
}

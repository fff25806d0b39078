package io.tributary.consumer.kafka;

import io.tributary.consumer.chain.OutOfLog;
import io.tributary.consumer.config.ExpiredPolicy;
import io.tributary.staging.CutReason;
import io.tributary.staging.LinkName;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The partitions assigned to this member: each is first recovered, then read. Confined to the poll thread, which also
 * calls the rebalance listener.
 */
final class Partitions implements ConsumerRebalanceListener, PartitionWriter.Events {
    private static final Logger LOG = LoggerFactory.getLogger(Partitions.class);
    /** The longest that a rebalance waits for the links of a revoked partition; the rest is read again. */
    private static final Duration REVOCATION = Duration.ofSeconds(10);

    private static final Duration COMMIT = Duration.ofSeconds(2);
    /** The position is known but for moments after a change of leader; what was appended is then good enough. */
    private static final Duration POSITION = Duration.ofMillis(50);

    private final Consumer<byte[], byte[]> consumer;
    private final WriterSetup setup;
    private final ChainRecovery recovery;
    private final Commits commits;
    private final ExpiredPolicy onExpired;
    private final Map<TopicPartition, Slot> slots = new LinkedHashMap<>();
    private boolean joined;

    /** An assigned partition. Its identity tells this assignment from a later one of the same partition. */
    private static final class Slot {
        @Nullable PartitionWriter writer;

        boolean recovering = true;
        /** Whether an adoption has moved the position since it was found to be outside of the log. */
        boolean moved;

        volatile boolean revoked;
    }

    Partitions(
            Consumer<byte[], byte[]> consumer,
            WriterSetup setup,
            ChainRecovery recovery,
            Commits commits,
            ExpiredPolicy onExpired) {
        this.consumer = consumer;
        this.setup = setup;
        this.recovery = recovery;
        this.commits = commits;
        this.onExpired = onExpired;
    }

    /** Whether the group has given this member its partitions, be they none. */
    boolean joined() {
        return joined;
    }

    /** All that are assigned. */
    Set<TopicPartition> assigned() {
        return slots.keySet();
    }

    /** How many are not read yet because it is not known where to go on. */
    int recovering() {
        return (int) slots.values().stream().filter(slot -> slot.recovering).count();
    }

    /** Whether a partition's position is still being found out. */
    boolean isRecovering(TopicPartition partition) {
        Slot slot = slots.get(partition);
        return slot != null && slot.recovering;
    }

    /** The writer of a partition that is read; empty before it is known where to go on. */
    Optional<PartitionWriter> writer(TopicPartition partition) {
        Slot slot = slots.get(partition);
        return slot == null || slot.recovering ? Optional.empty() : Optional.ofNullable(slot.writer);
    }

    /** All writers. */
    List<PartitionWriter> writers() {
        return slots.values().stream()
                .map(slot -> slot.writer)
                .flatMap(writer -> Optional.ofNullable(writer).stream())
                .collect(Collectors.toList());
    }

    /** Notes how far each partition was read, records or not; all that was polled must have been appended. */
    void notePositions() {
        for (Map.Entry<TopicPartition, Slot> entry : slots.entrySet()) {
            PartitionWriter writer = entry.getValue().writer;
            // Where one is not known at once, others may not be either, and each costs its time.
            if (writer != null && !notePosition(entry.getKey(), writer)) {
                return;
            }
        }
    }

    /** Closes every link whose time has come. */
    void cutWhatIsDue(long now) {
        for (Map.Entry<TopicPartition, Slot> entry : slots.entrySet()) {
            PartitionWriter writer = entry.getValue().writer;
            if (writer != null) {
                Optional<CutReason> reason = writer.due(now);
                reason.ifPresent(why -> cut(entry.getKey(), writer, why, now));
            }
        }
    }

    /** Closes a partition's open link; all that was polled must have been appended. */
    void cut(TopicPartition partition, PartitionWriter writer, CutReason reason, long now) {
        notePosition(partition, writer);
        writer.cut(reason, now);
    }

    /** Returns whether the position was to be had. */
    private boolean notePosition(TopicPartition partition, PartitionWriter writer) {
        if (isRecovering(partition)) {
            return true;
        }
        try {
            writer.moveTo(consumer.position(partition, POSITION));
            return true;
        } catch (TimeoutException | WakeupException unknownForTheMoment) {
            LOG.atDebug().addKeyValue("partition", partition).log("position not known; going on without");
            return false;
        }
    }

    /**
     * Closes the open links of partitions and waits until all is written.
     *
     * @return whether it is; false when the time is up
     */
    boolean flush(Collection<TopicPartition> partitions, CutReason reason, Duration atMost)
            throws InterruptedException {
        long started = setup.clock().millis();
        for (TopicPartition partition : partitions) {
            Slot slot = slots.get(partition);
            if (slot != null && slot.writer != null) {
                cut(partition, slot.writer, reason, started);
            }
        }
        while (!partitions.stream().allMatch(this::idle)) {
            long left = atMost.toMillis() - (setup.clock().millis() - started);
            if (left <= 0) {
                return false;
            }
            setup.mailbox().runOrWait(Duration.ofMillis(left));
        }
        return true;
    }

    /** Gives everything up. */
    void closeAll() {
        remove(List.copyOf(slots.keySet()));
    }

    /** The log does not have the position of these partitions: find out why, and whether to go on. */
    void outOfRange(Set<TopicPartition> partitions) {
        for (TopicPartition partition : partitions) {
            Slot slot = slots.get(partition);
            if (slot != null && !slot.recovering) {
                slot.recovering = true;
                slot.moved = false;
                consumer.pause(List.of(partition));
                recover(List.of(partition));
            }
        }
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        withoutThrowing(() -> assign(partitions));
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        withoutThrowing(() -> revoke(partitions));
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
        withoutThrowing(() -> lose(partitions));
    }

    /** Kafka's client would throw on what a rebalance throws as a failure of its own, with the type and advice lost. */
    private void withoutThrowing(Runnable rebalance) {
        try {
            rebalance.run();
        } catch (WakeupException | InterruptException forTheClient) {
            throw forTheClient;
        } catch (RuntimeException failure) {
            setup.mailbox().throwLater(failure);
        }
    }

    private void assign(Collection<TopicPartition> partitions) {
        joined = true;
        for (TopicPartition partition : partitions) {
            slots.put(partition, new Slot());
            // Not the place to read from, but a place: without one the consumer would look for a committed offset.
            consumer.seek(partition, 0);
        }
        consumer.pause(partitions);
        if (!partitions.isEmpty()) {
            LOG.atInfo()
                    .addKeyValue("partitions", partitions)
                    .addKeyValue("all", slots.size())
                    .log("assigned");
            recover(partitions);
        }
    }

    private void revoke(Collection<TopicPartition> partitions) {
        if (slots.keySet().stream().noneMatch(partitions::contains)) {
            return;
        }
        try {
            boolean whole = flush(partitions, CutReason.REVOKED, REVOCATION);
            LOG.atInfo()
                    .addKeyValue("partitions", partitions)
                    .addKeyValue("leftToRead", whole ? 0 : gathered(partitions))
                    .log("revoked");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            commits.sendNow(COMMIT);
            remove(partitions);
        }
    }

    private void lose(Collection<TopicPartition> partitions) {
        LOG.atWarn()
                .addKeyValue("partitions", partitions)
                .addKeyValue("records", gathered(partitions))
                .log("lost to the group, which took this member for dead; what was gathered is read again");
        commits.forget(partitions);
        remove(partitions);
    }

    @Override
    public void grew(TopicPartition partition, long next, LinkName last) {
        commits.add(partition, next, last);
    }

    @Override
    public void readFrom(TopicPartition partition, long position) {
        Slot slot = slots.get(partition);
        if (slot != null) {
            slot.moved = true;
        }
        consumer.seek(partition, position);
    }

    @Override
    public void recreated(TopicPartition partition) {
        Slot slot = slots.get(partition);
        if (slot != null) {
            slot.writer = null;
            slot.recovering = true;
            consumer.pause(List.of(partition));
            recover(List.of(partition));
        }
    }

    private void recover(Collection<TopicPartition> partitions) {
        Map<TopicPartition, Slot> asked = new LinkedHashMap<>();
        for (TopicPartition partition : partitions) {
            Slot slot = slots.get(partition);
            if (slot != null) {
                asked.put(partition, slot);
            }
        }
        recovery.begin(
                asked.keySet(),
                partition -> wanted(asked, partition),
                (partition, recovered) -> setup.mailbox().post(() -> {
                    Slot slot = slots.get(partition);
                    if (slot != null && slot == asked.get(partition) && slot.recovering) {
                        goOn(partition, slot, recovered);
                    }
                }));
    }

    // Asked by other threads.
    private static boolean wanted(Map<TopicPartition, Slot> asked, TopicPartition partition) {
        Slot slot = asked.get(partition);
        return slot != null && !slot.revoked;
    }

    private void goOn(TopicPartition partition, Slot slot, Recovered recovered) {
        PartitionWriter before = slot.writer;
        if (before != null && before.chain().equals(recovered.chain())) {
            comeBack(partition, slot, before, recovered);
            return;
        }
        if (before != null) {
            before.closeRecreated(recovered.chain().incarnation());
        }
        if (recovered.resume().lost().isPresent()) {
            requireGapAllowed(recovered, recovered.resume().name().from());
        }
        long position = recovered.resume().position();
        if (recovered.committed().orElse(position) != position) {
            LOG.atWarn()
                    .addKeyValue("chain", recovered.chain())
                    .addKeyValue("committed", recovered.committed().getAsLong())
                    .addKeyValue("position", position)
                    .log("the group's committed offset is not where the chain ends; following the chain");
        }
        LOG.atInfo()
                .addKeyValue("chain", recovered.chain())
                .addKeyValue("link", recovered.resume().name().from())
                .addKeyValue("position", position)
                .log("reading");
        slot.writer = new PartitionWriter(partition, recovered, setup, this);
        slot.recovering = false;
        consumer.seek(partition, position);
    }

    /** The log did not have the position, though the topic is still the same. */
    private void comeBack(TopicPartition partition, Slot slot, PartitionWriter writer, Recovered recovered) {
        switch (OutOfLog.of(writer.position(), recovered.logStart(), slot.moved)) {
            case TRUNCATED -> throw new LogTruncatedException(writer.chain(), writer.position());
            case EXPIRED -> {
                requireGapAllowed(recovered, writer.position());
                writer.expire(recovered.logStart());
            }
            case MOVED -> LOG.atDebug().addKeyValue("chain", writer.chain()).log("moved on meanwhile");
        }
        slot.recovering = false;
        consumer.seek(partition, writer.position());
    }

    private void requireGapAllowed(Recovered recovered, long from) {
        if (onExpired == ExpiredPolicy.FAIL) {
            throw new RecordsExpiredException(recovered.chain(), from, recovered.logStart());
        }
        LOG.atError()
                .addKeyValue("chain", recovered.chain())
                .addKeyValue("offsets", from + "-" + recovered.logStart())
                .log("these offsets expired before they were staged; recording the gap and going on");
    }

    private boolean idle(TopicPartition partition) {
        Slot slot = slots.get(partition);
        return slot == null || slot.writer == null || slot.writer.idle();
    }

    private long gathered(Collection<TopicPartition> partitions) {
        return partitions.stream()
                .map(slots::get)
                .filter(slot -> slot != null && slot.writer != null)
                .mapToLong(slot -> slot.writer == null ? 0 : slot.writer.gatheredRecords())
                .sum();
    }

    private void remove(Collection<TopicPartition> partitions) {
        for (TopicPartition partition : new HashSet<>(partitions)) {
            Slot slot = slots.remove(partition);
            if (slot != null) {
                slot.revoked = true;
                setup.metrics().removePartition(partition.topic(), partition.partition());
                if (slot.writer != null) {
                    slot.writer.close();
                }
            }
        }
    }
}

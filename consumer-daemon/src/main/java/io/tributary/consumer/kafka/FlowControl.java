package io.tributary.consumer.kafka;

import io.tributary.consumer.encode.BufferBudget;
import io.tributary.staging.CutReason;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Keeps all buffers together within one bound. Where memory is pressed, the largest open links are closed early, so that
 * they can be written and forgotten; where it is full, nothing is read. A partition whose links wait to be written is
 * not read either, so that one that cannot be written does not starve the others. Confined to the poll thread.
 */
final class FlowControl {
    private static final int WAITING_LINKS = 2;
    private static final long MOST_BLOCK = 512 * 1024;
    private static final long LEAST_BLOCK = 8 * 1024;

    private final Consumer<byte[], byte[]> consumer;
    private final Partitions partitions;
    private final BufferBudget budget;
    private int paused;
    private boolean full;

    FlowControl(Consumer<byte[], byte[]> consumer, Partitions partitions, BufferBudget budget) {
        this.consumer = consumer;
        this.partitions = partitions;
        this.budget = budget;
    }

    /** Relieves memory, then pauses and resumes partitions as they are now. */
    void apply(long now) {
        if (budget.held() > pressed()) {
            relieve(now);
        }
        full = budget.held() >= (full ? pressed() : budget.limit());
        // Kafka's client forgets what is paused when it is assigned anew, so it is asked and not remembered.
        Set<TopicPartition> pausedNow = consumer.paused();
        List<TopicPartition> pause = new ArrayList<>();
        List<TopicPartition> resume = new ArrayList<>();
        for (TopicPartition partition : partitions.assigned()) {
            boolean wait = full || mustWait(partition);
            if (wait != pausedNow.contains(partition)) {
                (wait ? pause : resume).add(partition);
            }
        }
        consumer.pause(pause);
        consumer.resume(resume);
        paused = pausedNow.size() + pause.size() - resume.size();
    }

    /** How many partitions are not read at the moment. */
    int paused() {
        return paused;
    }

    /** Whether there is nothing to read from because all wait. */
    boolean allPaused() {
        return paused > 0 && paused == partitions.assigned().size();
    }

    /** At which size gathered records go to an encoder: large, but small enough for all partitions together. */
    long blockLimit() {
        long each = budget.limit() / 2 / Math.max(1, partitions.assigned().size());
        return Math.min(MOST_BLOCK, Math.max(LEAST_BLOCK, each));
    }

    private boolean mustWait(TopicPartition partition) {
        Optional<PartitionWriter> writer = partitions.writer(partition);
        return writer.isEmpty() || writer.get().closedLinks() >= WAITING_LINKS;
    }

    /** Closes the largest open links until a third of what is held is on its way out. */
    private void relieve(long now) {
        long leaving = partitions.writers().stream()
                .mapToLong(PartitionWriter::heldByClosed)
                .sum();
        while (leaving < budget.held() / 3) {
            Optional<TopicPartition> largest = partitions.assigned().stream()
                    .filter(partition -> openOf(partition) > 0)
                    .max(Comparator.comparingLong(this::openOf));
            if (largest.isEmpty()) {
                return;
            }
            PartitionWriter writer = partitions.writer(largest.get()).orElseThrow();
            leaving += writer.heldByOpen();
            partitions.cut(largest.get(), writer, CutReason.MEMORY, now);
        }
    }

    private long openOf(TopicPartition partition) {
        return partitions.writer(partition).map(PartitionWriter::heldByOpen).orElse(0L);
    }

    private long pressed() {
        return budget.limit() / 4 * 3;
    }
}

package io.tributary.sandbox.cli.audit;

import io.tributary.staging.ChainId;
import io.tributary.staging.GenerationPath;
import io.tributary.staging.OffsetRange;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The outcome of a comparison. Immutable.
 *
 * @param partitions  each topic partition, in order
 * @param skipped     what someone moved on past, on purpose: it is not staged, and that is no difference
 * @param lost        what expired in Kafka before it was read, where the consumer was told to go on: no difference either
 * @param tables      each table, in order
 * @param differences everything that is not equal; empty is the proof
 */
public record AuditReport(
        List<Partition> partitions,
        List<Skipped> skipped,
        List<Lost> lost,
        List<Table> tables,
        List<Difference> differences) {
    public AuditReport {
        partitions = List.copyOf(partitions);
        skipped = List.copyOf(skipped);
        lost = List.copyOf(lost);
        tables = List.copyOf(tables);
        differences = List.copyOf(differences);
    }

    /** Whether everything is equal. */
    public boolean equal() {
        return differences.isEmpty();
    }

    /**
     * One topic partition, counted at each hop.
     *
     * @param chain     the topic, its incarnation and the partition
     * @param published by checkpoints; absent where others than our sources wrote the topic
     * @param readable  records that Kafka still has
     * @param expired   published records that Kafka no longer has, because of retention
     * @param links     staged objects that are still there
     * @param staged    records in them, and in those that were cleaned up after their retention
     * @param skipped   records that Kafka still has and that were skipped on purpose
     * @param merged    records read into the table that is furthest behind
     * @param next      where the chain ends
     * @param switched  the generation that the chain is in, where it is not the one that it began in
     */
    public record Partition(
            ChainId chain,
            OptionalLong published,
            long readable,
            OptionalLong expired,
            int links,
            long staged,
            long skipped,
            long merged,
            long next,
            Optional<GenerationPath> switched) {}

    /**
     * Offsets that were skipped on purpose.
     *
     * @param chain   the topic, its incarnation and the partition
     * @param offsets which
     * @param records how many records Kafka still has there
     * @param expired whether some of them have expired, so that not all can be counted
     * @param reason  what was said when they were skipped
     */
    public record Skipped(ChainId chain, OffsetRange offsets, long records, boolean expired, String reason) {}

    /**
     * Offsets whose records expired unread; how many there were, nobody knows any more.
     *
     * @param chain   the topic, its incarnation and the partition
     * @param offsets which
     */
    public record Lost(ChainId chain, OffsetRange offsets) {}

    /**
     * One table.
     *
     * @param name   its name
     * @param counts what became of the records that it was given
     * @param rows   rows that a query counts
     */
    public record Table(String name, Lake.Counts counts, long rows) {}
}

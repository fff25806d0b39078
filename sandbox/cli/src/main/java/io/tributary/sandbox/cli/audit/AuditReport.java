package io.tributary.sandbox.cli.audit;

import io.tributary.staging.ChainId;
import java.util.List;
import java.util.OptionalLong;

/**
 * The outcome of a comparison. Immutable.
 *
 * @param partitions  each topic partition, in order
 * @param tables      each table, in order
 * @param differences everything that is not equal; empty is the proof
 */
public record AuditReport(List<Partition> partitions, List<Table> tables, List<Difference> differences) {
    public AuditReport {
        partitions = List.copyOf(partitions);
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
     * @param merged    records read into the table that is furthest behind
     * @param next      where the chain ends
     */
    public record Partition(
            ChainId chain,
            OptionalLong published,
            long readable,
            OptionalLong expired,
            int links,
            long staged,
            long merged,
            long next) {}

    /**
     * One table.
     *
     * @param name   its name
     * @param counts what became of the records that it was given
     * @param rows   rows that a query counts
     */
    public record Table(String name, Lake.Counts counts, long rows) {}
}

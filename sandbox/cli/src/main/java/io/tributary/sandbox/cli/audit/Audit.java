package io.tributary.sandbox.cli.audit;

import io.tributary.staging.ChainId;
import io.tributary.staging.Link;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/**
 * Compares what the hops say. Records are counted, never offsets subtracted: transaction markers and compaction leave
 * gaps between offsets.
 */
public final class Audit {
    private static final Comparator<ChainId> ORDER = Comparator.comparing(ChainId::topic)
            .thenComparing(ChainId::incarnation)
            .thenComparingInt(ChainId::partition);

    private Audit() {}

    /**
     * Compares.
     *
     * @param feeds which tables each topic goes to
     * @return what was counted, and every difference in the order of the pipeline
     */
    public static AuditReport compare(Feeds feeds, Published published, InKafka inKafka, Staged staged, Lake lake) {
        TreeSet<ChainId> chains = new TreeSet<>(ORDER);
        chains.addAll(published.records().keySet());
        chains.addAll(inKafka.partitions().keySet());
        chains.addAll(staged.chains().keySet());
        lake.tables().forEach(table -> chains.addAll(table.watermarks().keySet()));

        List<Difference> differences = new ArrayList<>();
        for (Staged.Malformed bad : staged.malformed()) {
            differences.add(StagingHop.malformed(bad));
        }
        List<AuditReport.Partition> partitions = new ArrayList<>();
        List<AuditReport.Skipped> skipped = new ArrayList<>();
        List<AuditReport.Lost> lost = new ArrayList<>();
        for (ChainId chain : chains) {
            PartitionCheck check = new PartitionCheck(
                    chain, published.of(chain), inKafka.partitions().get(chain), staged, differences);
            check.publishHop();
            Lake.Cleaned cleaned = lake.cleaned(chain);
            StagingHop.check(chain, inKafka.partitions().get(chain), staged, cleaned, differences);
            long merged = MergeHop.check(chain, feeds.of(chain.topic()), staged.of(chain), lake, differences);
            List<AuditReport.Skipped> passed =
                    Skips.of(chain, inKafka.partitions().get(chain), staged.of(chain));
            skipped.addAll(passed);
            for (Link link : staged.of(chain)) {
                link.metadata().lost().ifPresent(offsets -> lost.add(new AuditReport.Lost(chain, offsets)));
            }
            partitions.add(check.row(
                    merged,
                    cleaned,
                    passed.stream().mapToLong(AuditReport.Skipped::records).sum()));
        }
        List<AuditReport.Table> tables = new ArrayList<>();
        lake.tables().stream().sorted(Comparator.comparing(Lake.Table::name)).forEach(table -> {
            TableCheck.check(table, differences);
            tables.add(new AuditReport.Table(table.name(), table.counts(), table.rows()));
        });
        return new AuditReport(partitions, skipped, lost, tables, differences);
    }

    /** How a partition is called in reports: the incarnation matters only to machines. */
    static String name(ChainId chain) {
        return chain.topic() + "/" + chain.partition();
    }
}

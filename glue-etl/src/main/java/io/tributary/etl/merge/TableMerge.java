package io.tributary.etl.merge;

import io.tributary.etl.EtlException;
import io.tributary.etl.config.Mode;
import io.tributary.etl.config.TableConfig;
import io.tributary.etl.read.Backlog;
import io.tributary.etl.read.ChainPosition;
import io.tributary.etl.read.ScanResult;
import io.tributary.etl.table.Branch;
import io.tributary.etl.table.Counts;
import io.tributary.etl.table.TableState;
import io.tributary.etl.table.Watermark;
import io.tributary.staging.ChainId;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Merges a topic's chain into its table, batch by batch. A batch is: list and check the links; look at every record;
 * evolve the columns; publish the rejects; write rows and watermark to a branch; move main to it if main has not moved.
 * If it has, another run was faster: the branch is dropped and the batch begins again from the new watermark. Confined to
 * one thread.
 */
final class TableMerge {
    private static final Logger LOG = LoggerFactory.getLogger(TableMerge.class);
    private static final int ATTEMPTS = 100;

    private final MergeContext context;
    private final TableConfig config;
    private final RejectedTable rejectedTable;
    private final TableSchema schema;

    TableMerge(MergeContext context, TableConfig config) {
        this.context = context;
        this.config = config;
        this.rejectedTable = new RejectedTable(context);
        this.schema = new TableSchema(context, config);
    }

    /** Merges all that is staged. */
    TableReport run() {
        TableReport report = null;
        int lost = 0;
        while (true) {
            Attempt attempt = attempt();
            if (attempt.lost()) {
                lost++;
                if (lost == ATTEMPTS) {
                    throw new EtlException("table " + config.table() + ": other runs were faster " + lost
                            + " times in a row; run one at a time");
                }
                LOG.atInfo().addKeyValue("table", config.table()).log("another run was faster, beginning again");
                continue;
            }
            lost = 0;
            report = report == null ? attempt.report() : report.then(attempt.report());
            if (!attempt.more()) {
                return report;
            }
        }
    }

    /**
     * What one try gave.
     *
     * @param report what was merged; without a commit if there was nothing
     * @param lost   whether another run was faster, so that nothing was merged
     * @param more   whether more is staged
     */
    private record Attempt(TableReport report, boolean lost, boolean more) {}

    private Attempt attempt() {
        Stopwatch watch = new Stopwatch(context.clock());
        TableState state =
                context.catalog().find(config.table()).map(TableState::of).orElse(TableState.EMPTY);
        Standing standing = Standing.of(context, config, state);
        Map<ChainId, ChainPosition> from = standing.watermark().of(config.topic());
        Backlog backlog = context.backlog().read(config.topic(), from);
        watch.lap("list");
        context.stages().reached(config.table(), Stage.LISTED);
        if (backlog.isEmpty()) {
            return new Attempt(nothing(standing, watch), false, false);
        }
        Batch batch = new Batch(context.spark(), context.config().staging(), backlog, config.mode() == Mode.UPSERT);
        ScanResult scan = batch.scan();
        watch.lap("scan");
        context.stages().reached(config.table(), Stage.SCANNED);
        try {
            return merge(state, standing, batch, scan, watch);
        } catch (CommitFailedException moved) {
            LOG.atInfo()
                    .addKeyValue("table", config.table())
                    .addKeyValue("reason", moved.getMessage())
                    .log("the table changed meanwhile");
            return new Attempt(nothing(standing, watch), true, true);
        }
    }

    private Attempt merge(TableState state, Standing standing, Batch batch, ScanResult scan, Stopwatch watch) {
        // The columns are read after the rejects: whoever published those had widened the columns before.
        Map<ChainId, ChainPosition> from = standing.watermark().of(config.topic());
        RejectedTable.Ahead ahead = rejectedTable.ahead(batch.backlog(), from);
        TableSchema.Evolved evolved = schema.evolve(context.catalog().find(config.table()), scan);
        context.stages().reached(config.table(), Stage.EVOLVED);
        watch.lap("schema");
        try (Split split = Split.of(context, config, batch, scan, evolved, ahead)) {
            if (split.hasNewRejects()) {
                Optional<Long> published = rejectedTable.publish(
                        split.newRejects(), batch.backlog().after(), ahead.state());
                if (published.isEmpty()) {
                    return new Attempt(nothing(standing, watch), true, true);
                }
                split.rejectsPublished(published.get());
            }
            watch.lap("rejects");

            Watermark watermark = standing.watermark().with(batch.backlog().after());
            Branch branch = Branch.create(evolved.table(), state);
            context.stages().reached(config.table(), Stage.BRANCHED);
            Optional<Counts> merged = Optional.empty();
            try {
                Counts written = new RowWriter(context, config, branch, standing, split).write(scan, watermark);
                context.stages().reached(config.table(), Stage.SEALED);
                watch.lap("write");
                if (branch.publish()) {
                    merged = Optional.of(written);
                    context.stages().reached(config.table(), Stage.PUBLISHED);
                }
            } finally {
                if (merged.isEmpty()) {
                    branch.drop();
                }
            }
            watch.lap("publish");
            return merged.map(counts -> new Attempt(
                            report(batch, counts, standing.counts().plus(counts), watermark, 1, watch),
                            false,
                            batch.backlog().more()))
                    .orElseGet(() -> new Attempt(nothing(standing, watch), true, true));
        }
    }

    private TableReport nothing(Standing standing, Stopwatch watch) {
        return new TableReport(
                config.table(),
                config.topic(),
                label(),
                0,
                Counts.NONE,
                standing.counts(),
                0,
                standing.watermark(),
                OptionalLong.empty(),
                watch.seconds());
    }

    private TableReport report(
            Batch batch, Counts merged, Counts totals, Watermark watermark, int commits, Stopwatch watch) {
        LOG.atInfo()
                .addKeyValue("table", config.table())
                .addKeyValue("records", merged.records())
                .addKeyValue("links", batch.backlog().links().size())
                .addKeyValue("live", totals.live())
                .addKeyValue("rejected", merged.rejected())
                .addKeyValue("seconds", watch.seconds())
                .log("merged");
        return new TableReport(
                config.table(),
                config.topic(),
                label(),
                batch.backlog().links().size(),
                merged,
                totals,
                commits,
                watermark,
                batch.backlog().oldest(),
                watch.seconds());
    }

    private String label() {
        return config.mode().name().toLowerCase(Locale.ROOT);
    }
}

package io.tributary.etl.merge;

import io.tributary.etl.EtlException;
import io.tributary.etl.read.Backlog;
import io.tributary.etl.read.ChainPosition;
import io.tributary.etl.table.Counts;
import io.tributary.etl.table.TableState;
import io.tributary.etl.table.Watermark;
import io.tributary.staging.ChainId;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Brings what sources refused, which is staged like any record, into the table of rejects. Confined to one thread. */
final class SourceRejectsMerge {
    private static final int ATTEMPTS = 100;

    private final MergeContext context;
    private final String topic;
    private final RejectedTable table;

    SourceRejectsMerge(MergeContext context, String topic) {
        this.context = context;
        this.topic = topic;
        this.table = new RejectedTable(context);
    }

    /** Merges all that is staged. */
    TableReport run() {
        TableReport report = nothing(Watermark.NONE, new Stopwatch(context.clock()));
        int lost = 0;
        while (lost < ATTEMPTS) {
            Stopwatch watch = new Stopwatch(context.clock());
            TableState state = table.state();
            Map<ChainId, ChainPosition> from = table.watermark(state).of(topic);
            Backlog backlog = context.backlog().read(topic, from);
            watch.lap("list");
            if (backlog.isEmpty()) {
                return report.then(nothing(Watermark.NONE.with(from), watch));
            }
            Batch batch = new Batch(context.spark(), context.config().staging(), backlog, false);
            Optional<Long> published = table.publish(batch.lines(true), backlog.after(), state);
            watch.lap("write");
            if (published.isEmpty()) {
                lost++;
            } else {
                lost = 0;
                report = report.then(report(
                        Watermark.NONE.with(backlog.after()),
                        backlog.links().size(),
                        published.get(),
                        1,
                        backlog.oldest(),
                        watch));
            }
        }
        throw new EtlException(
                "table of rejects: other runs were faster " + lost + " times in a row; run one at a time");
    }

    private TableReport nothing(Watermark watermark, Stopwatch watch) {
        return report(watermark, 0, 0, 0, OptionalLong.empty(), watch);
    }

    private TableReport report(
            Watermark watermark, long links, long records, int commits, OptionalLong oldest, Stopwatch watch) {
        Counts counts = new Counts(records, records, 0, 0, 0, 0, 0);
        return new TableReport(
                context.config().rejectedTable(),
                topic,
                TableReport.REJECTS,
                links,
                counts,
                counts,
                commits,
                watermark,
                oldest,
                watch.seconds());
    }
}

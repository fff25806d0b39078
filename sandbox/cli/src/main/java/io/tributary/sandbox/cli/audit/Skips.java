package io.tributary.sandbox.cli.audit;

import io.tributary.staging.ChainId;
import io.tributary.staging.CutReason;
import io.tributary.staging.Link;
import io.tributary.staging.OffsetRange;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Links that someone appended to move on past offsets, on purpose. */
final class Skips {
    private static final String NO_REASON = "no reason was given";

    private Skips() {}

    /** Only a link without records is one, whatever it says of itself. */
    static boolean isSkip(Link link) {
        return link.metadata().cut() == CutReason.SKIP && link.metadata().records() == 0;
    }

    static List<AuditReport.Skipped> of(ChainId chain, InKafka.@Nullable Log log, List<Link> links) {
        return links.stream()
                .filter(Skips::isSkip)
                .map(link -> skipped(chain, log, link))
                .toList();
    }

    private static AuditReport.Skipped skipped(ChainId chain, InKafka.@Nullable Log log, Link link) {
        long from = Math.min(
                link.metadata().next(),
                link.metadata().began().orElse(link.name().from()));
        OffsetRange offsets = new OffsetRange(from, link.metadata().next());
        return new AuditReport.Skipped(
                chain,
                offsets,
                log == null ? 0 : log.within(link.range()),
                log == null || log.retained().from() > offsets.from(),
                link.metadata().reason().orElse(NO_REASON));
    }
}

package io.tributary.sandbox.cli.audit;

import io.tributary.sandbox.cli.audit.Difference.Hop;
import io.tributary.staging.ChainId;
import io.tributary.staging.Link;
import io.tributary.staging.OffsetRange;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The first hop of one partition, and its row in the report. */
record PartitionCheck(
        ChainId chain, OptionalLong published, InKafka.@Nullable Log log, Staged staged, List<Difference> differences) {

    /** Published must be what Kafka has, plus what retention took. */
    void publishHop() {
        if (published.isEmpty()) {
            return;
        }
        long readable = readable();
        boolean mayHaveExpired = log == null || log.retained().from() > 0;
        if (readable > published.getAsLong()) {
            add("the checkpoints say that " + count(published.getAsLong()) + " were published, but Kafka has "
                    + readable + ": something else writes to the topic too");
        } else if (readable < published.getAsLong() && !mayHaveExpired) {
            add("the checkpoints say that " + count(published.getAsLong()) + " were published, but Kafka has "
                    + readable + " and none has expired");
        }
    }

    private void add(String problem) {
        Optional<OffsetRange> offsets = log == null ? Optional.empty() : Optional.of(log.retained());
        differences.add(new Difference(Hop.PUBLISH, Audit.name(chain), offsets, problem));
    }

    AuditReport.Partition row(long merged, Lake.Cleaned cleaned, long skipped) {
        List<Link> links = staged.of(chain);
        OptionalLong expired = published.isPresent()
                ? OptionalLong.of(Math.max(0, published.getAsLong() - readable()))
                : OptionalLong.empty();
        return new AuditReport.Partition(
                chain,
                published,
                readable(),
                expired,
                links.size(),
                Staged.records(links, cleaned),
                skipped,
                merged,
                links.isEmpty() ? 0 : links.get(links.size() - 1).metadata().next(),
                Optional.ofNullable(staged.switched().get(chain)));
    }

    private long readable() {
        return log == null ? 0 : log.readable();
    }

    static String count(long records) {
        return records == 1 ? "1 record" : records + " records";
    }
}

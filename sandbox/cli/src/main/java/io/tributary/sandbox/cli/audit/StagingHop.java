package io.tributary.sandbox.cli.audit;

import io.tributary.sandbox.cli.audit.Difference.Hop;
import io.tributary.staging.ChainCheck;
import io.tributary.staging.ChainId;
import io.tributary.staging.Link;
import io.tributary.staging.OffsetRange;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The second hop: the chain is whole, and each link holds what Kafka has at its offsets. */
final class StagingHop {
    private StagingHop() {}

    static Difference malformed(Staged.Malformed bad) {
        return new Difference(
                Hop.STAGE,
                Audit.name(bad.chain()),
                Optional.empty(),
                "the staged object that begins at offset " + bad.from() + " is no link: " + bad.problem());
    }

    static void check(
            ChainId chain,
            InKafka.@Nullable Log log,
            Staged staged,
            Lake.Cleaned cleaned,
            List<Difference> differences) {
        List<Link> links = staged.of(chain);
        for (ChainCheck.Fault fault : ChainCheck.faults(Staged.begin(links, cleaned), links)) {
            add(chain, fault.range(), differences, "the chain has " + describe(fault));
        }
        for (Link link : links) {
            content(chain, link, staged.contents().get(link.name()), differences);
            if (log != null) {
                sameAsKafka(chain, link, log, differences);
            }
        }
        if (log != null) {
            notStaged(chain, links, log, differences);
        }
    }

    private static void content(
            ChainId chain, Link link, Staged.@Nullable Content content, List<Difference> differences) {
        if (content == null) {
            return;
        }
        content.fault().ifPresent(fault -> add(chain, link.range(), differences, fault));
        if (content.lines() != link.metadata().records()) {
            add(
                    chain,
                    link.range(),
                    differences,
                    "the link says " + PartitionCheck.count(link.metadata().records()) + ", but holds "
                            + content.lines());
        }
        if (!content.digest().equals(link.metadata().digest())) {
            add(chain, link.range(), differences, "the link's lines do not have the digest that it was written with");
        }
    }

    private static void sameAsKafka(ChainId chain, Link link, InKafka.Log log, List<Difference> differences) {
        Optional<InKafka.Segment> found = log.exactly(link.range());
        if (found.isEmpty()) {
            return; // expired, wholly or in part
        }
        InKafka.Segment segment = found.get();
        if (Skips.isSkip(link)) {
            return; // told by itself, by name
        }
        if (segment.records() != link.metadata().records()) {
            add(
                    chain,
                    link.range(),
                    differences,
                    "Kafka has " + PartitionCheck.count(segment.records()) + ", the link "
                            + link.metadata().records());
        } else if (segment.digest().isPresent()
                && !segment.digest().get().equals(link.metadata().digest())) {
            add(chain, link.range(), differences, "the link's lines are not what Kafka has at these offsets");
        }
    }

    private static void notStaged(ChainId chain, List<Link> links, InKafka.Log log, List<Difference> differences) {
        long end = links.isEmpty() ? 0 : links.get(links.size() - 1).metadata().next();
        long behind = log.from(end);
        if (behind > 0) {
            OffsetRange range = new OffsetRange(
                    Math.max(end, log.retained().from()), log.retained().next());
            add(
                    chain,
                    range,
                    differences,
                    PartitionCheck.count(behind) + (behind == 1 ? " is" : " are") + " in Kafka but not staged yet");
        }
        if (end > log.retained().next()) {
            add(
                    chain,
                    new OffsetRange(log.retained().next(), end),
                    differences,
                    "staged, but Kafka's log ends before them");
        }
    }

    private static String describe(ChainCheck.Fault fault) {
        return switch (fault.kind()) {
            case HOLE -> "a hole: no link covers these offsets";
            case OVERLAP -> "an overlap: two links cover these offsets";
        };
    }

    private static void add(ChainId chain, OffsetRange range, List<Difference> differences, String problem) {
        differences.add(new Difference(Hop.STAGE, Audit.name(chain), Optional.of(range), problem));
    }
}

package io.tributary.sandbox.cli.audit;

import io.tributary.sandbox.cli.audit.Difference.Hop;
import io.tributary.staging.ChainId;
import io.tributary.staging.Link;
import io.tributary.staging.OffsetRange;
import java.util.List;
import java.util.Optional;

/** The third hop: each table that a topic feeds has read its chains to their ends, every record once. */
final class MergeHop {
    private MergeHop() {}

    /** Compares, and returns how many records the table that is furthest behind has read. */
    static long check(ChainId chain, List<String> tables, List<Link> links, Lake lake, List<Difference> differences) {
        long staged = Staged.records(links, lake.cleaned(chain));
        if (tables.isEmpty()) {
            if (staged > 0) {
                differences.add(new Difference(
                        Hop.MERGE,
                        Audit.name(chain),
                        Optional.of(whole(links)),
                        PartitionCheck.count(staged) + " staged, but no table is fed from this topic"));
            }
            return 0;
        }
        long least = Long.MAX_VALUE;
        for (String name : tables) {
            Lake.Watermark watermark =
                    lake.table(name).map(table -> table.watermarks().get(chain)).orElse(new Lake.Watermark(0, 0));
            compare(chain, name, watermark, links, lake.cleaned(chain), differences);
            least = Math.min(least, watermark.records());
        }
        return least;
    }

    private static void compare(
            ChainId chain,
            String table,
            Lake.Watermark watermark,
            List<Link> links,
            Lake.Cleaned cleaned,
            List<Difference> differences) {
        long end = links.isEmpty() ? 0 : links.get(links.size() - 1).metadata().next();
        long below = cleaned.records();
        long above = 0;
        for (Link link : links) {
            if (link.name().from() < cleaned.next()) {
                continue; // about to be deleted, and counted with those that are
            }
            if (link.metadata().next() <= watermark.next()) {
                below += link.metadata().records();
            } else {
                above += link.metadata().records();
            }
        }
        if (watermark.next() > end) {
            add(
                    chain,
                    new OffsetRange(end, watermark.next()),
                    differences,
                    "table " + table + " says that they were merged, but no link covers them");
        } else if (watermark.next() < end && above > 0) {
            add(
                    chain,
                    new OffsetRange(watermark.next(), end),
                    differences,
                    PartitionCheck.count(above) + (above == 1 ? " is" : " are") + " staged but not yet in table "
                            + table);
        }
        if (watermark.records() != below) {
            add(
                    chain,
                    new OffsetRange(0, watermark.next()),
                    differences,
                    "the links " + (cleaned.records() > 0 ? "(those cleaned up included) " : "") + "hold "
                            + PartitionCheck.count(below) + ", table " + table + " has read "
                            + watermark.records());
        }
    }

    private static OffsetRange whole(List<Link> links) {
        return new OffsetRange(
                links.get(0).name().from(),
                Math.max(
                        links.get(0).name().from(),
                        links.get(links.size() - 1).metadata().next()));
    }

    private static void add(ChainId chain, OffsetRange range, List<Difference> differences, String problem) {
        differences.add(new Difference(Hop.MERGE, Audit.name(chain), Optional.of(range), problem));
    }
}

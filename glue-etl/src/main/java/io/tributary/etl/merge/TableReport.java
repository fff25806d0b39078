package io.tributary.etl.merge;

import io.tributary.etl.table.Counts;
import io.tributary.etl.table.Watermark;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.LongStream;

/**
 * What a merge did to one table.
 *
 * @param table     its name
 * @param topic     the topic that feeds it
 * @param mode      append or upsert; {@code rejects} for a feed of the table of rejects
 * @param links     links merged
 * @param merged    what became of the records merged now
 * @param totals    what became of all records ever merged
 * @param commits   snapshots published
 * @param watermark how far the topic's chains are merged
 * @param oldest    the timestamp of the oldest record merged now, if any
 * @param seconds   time by part of the work
 */
public record TableReport(
        String table,
        String topic,
        String mode,
        long links,
        Counts merged,
        Counts totals,
        int commits,
        Watermark watermark,
        OptionalLong oldest,
        SortedMap<String, Double> seconds) {
    /** The mode of a feed of the table of rejects. */
    public static final String REJECTS = "rejects";

    /** Two reports of the same table as one. */
    TableReport then(TableReport later) {
        SortedMap<String, Double> sum = new TreeMap<>(seconds);
        for (Map.Entry<String, Double> entry : later.seconds.entrySet()) {
            sum.merge(entry.getKey(), entry.getValue(), Double::sum);
        }
        return new TableReport(
                table,
                topic,
                mode,
                links + later.links,
                merged.plus(later.merged),
                later.totals,
                commits + later.commits,
                later.watermark,
                LongStream.concat(oldest.stream(), later.oldest.stream()).min(),
                sum);
    }
}

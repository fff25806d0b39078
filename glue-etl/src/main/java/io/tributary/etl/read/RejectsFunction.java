package io.tributary.etl.read;

import java.util.Iterator;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** Makes a row of rejects of every record that {@link RowsFunction}, with the same arguments, leaves out as unfit. */
public final class RejectsFunction implements FlatMapFunction<Iterator<PendingLink>, Row> {
    private static final long serialVersionUID = 1L;

    private final StagingLocation location;
    private final StructType columns;
    private final boolean keyed;

    public RejectsFunction(StagingLocation location, StructType columns, boolean keyed) {
        this.location = location;
        this.columns = columns;
        this.keyed = keyed;
    }

    @Override
    public Iterator<Row> call(Iterator<PendingLink> links) {
        return new Rejects(location, links, columns, keyed);
    }

    private static final class Rejects extends LinkIterator<Row> {
        private final RowReader reader;
        private final boolean keyed;
        private final @Nullable Object[] values;

        Rejects(StagingLocation location, Iterator<PendingLink> links, StructType columns, boolean keyed) {
            super(location, links);
            this.reader = new RowReader(columns);
            this.keyed = keyed;
            this.values = new @Nullable Object[columns.size()];
        }

        @Override
        LineDecoder.OnValue onValue() {
            return (parser, line) -> reader.read(parser, line, values);
        }

        @Override
        @Nullable Row take(PendingLink link, LineDecoder record) {
            if (record.error() != null) {
                return RejectRow.undecoded(link, record);
            }
            if (keyed && record.key() == null) {
                return RejectRow.of(
                        RejectRow.MERGE, link, record, "the record has no key, which a table of mode upsert needs");
            }
            String refusal = record.refusal();
            return refusal == null ? null : RejectRow.of(RejectRow.MERGE, link, record, refusal);
        }
    }
}

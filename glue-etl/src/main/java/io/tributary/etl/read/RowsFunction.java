package io.tributary.etl.read;

import io.tributary.etl.schema.ColumnNames;
import java.time.Instant;
import java.util.Iterator;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** Makes a row of every record that can be one: the value's columns and the metadata columns. */
public final class RowsFunction implements FlatMapFunction<Iterator<PendingLink>, Row> {
    /** Whether the record deletes its key; only with {@code keyed}. */
    public static final String TOMBSTONE = "_tombstone";

    private static final long serialVersionUID = 1L;

    private final StagingLocation location;
    private final StructType columns;
    private final boolean keyed;

    /**
     * A function.
     *
     * @param columns the value's columns
     * @param keyed   whether records without a key are left out, and tombstones kept and marked
     */
    public RowsFunction(StagingLocation location, StructType columns, boolean keyed) {
        this.location = location;
        this.columns = columns;
        this.keyed = keyed;
    }

    /** The schema of the rows. */
    public static StructType schema(StructType columns, boolean keyed) {
        StructType schema = columns.add(ColumnNames.KEY, DataTypes.StringType)
                .add(ColumnNames.INCARNATION, DataTypes.StringType)
                .add(ColumnNames.PARTITION, DataTypes.IntegerType)
                .add(ColumnNames.OFFSET, DataTypes.LongType)
                .add(ColumnNames.TIMESTAMP, DataTypes.TimestampType);
        return keyed ? schema.add(TOMBSTONE, DataTypes.BooleanType) : schema;
    }

    @Override
    public Iterator<Row> call(Iterator<PendingLink> links) {
        return new Rows(location, links, columns, keyed);
    }

    private static final class Rows extends LinkIterator<Row> {
        private final RowReader reader;
        private final int width;
        private final boolean keyed;
        private @Nullable Object[] values;

        Rows(StagingLocation location, Iterator<PendingLink> links, StructType columns, boolean keyed) {
            super(location, links);
            this.reader = new RowReader(columns);
            this.width = columns.size();
            this.keyed = keyed;
            this.values = fresh();
        }

        @Override
        LineDecoder.OnValue onValue() {
            return (parser, line) -> reader.read(parser, line, values);
        }

        @Override
        @Nullable Row take(PendingLink link, LineDecoder record) {
            boolean unfit = record.error() != null
                    || record.refusal() != null
                    || (keyed ? record.key() == null : record.isTombstone());
            if (unfit) {
                return null;
            }
            @Nullable Object[] row = values;
            values = fresh();
            if (record.isTombstone()) {
                java.util.Arrays.fill(row, 0, width, null);
            }
            row[width] = record.key();
            row[width + 1] = link.incarnation();
            row[width + 2] = link.partition();
            row[width + 3] = record.offset();
            row[width + 4] = Instant.ofEpochMilli(record.timestamp());
            if (keyed) {
                row[width + 5] = record.isTombstone();
            }
            return RowFactory.create(row);
        }

        private @Nullable Object[] fresh() {
            return new @Nullable Object[width + ColumnNames.METADATA.size() + (keyed ? 1 : 0)];
        }
    }
}

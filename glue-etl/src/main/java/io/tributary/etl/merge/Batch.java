package io.tributary.etl.merge;

import io.tributary.etl.read.Backlog;
import io.tributary.etl.read.LinesFunction;
import io.tributary.etl.read.LinkGroups;
import io.tributary.etl.read.PendingLink;
import io.tributary.etl.read.RejectRow;
import io.tributary.etl.read.RejectsFunction;
import io.tributary.etl.read.RowsFunction;
import io.tributary.etl.read.ScanFunction;
import io.tributary.etl.read.ScanResult;
import io.tributary.etl.read.StagingLocation;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * The records that one commit merges, as datasets that read staging when they are used. Confined to one thread.
 *
 * @param spark    the session
 * @param location staging
 * @param backlog  the links
 * @param keyed    whether records need a key
 */
record Batch(SparkSession spark, StagingLocation location, Backlog backlog, boolean keyed) {

    /** Looks at every record, and checks every link against its metadata. */
    ScanResult scan() {
        ScanResult result = new ScanResult();
        links().mapPartitions(new ScanFunction(location, keyed)).collect().forEach(result::add);
        return result;
    }

    /** The records that can be rows. */
    Dataset<Row> rows(StructType columns) {
        return dataset(
                links().mapPartitions(new RowsFunction(location, columns, keyed)), RowsFunction.schema(columns, keyed));
    }

    /** The records that {@link #rows} leaves out as unfit, as rejects. */
    Dataset<Row> rejects(StructType columns) {
        return dataset(links().mapPartitions(new RejectsFunction(location, columns, keyed)), RejectRow.SCHEMA);
    }

    /** Every record as a reject, without a reason unless a source gave it. */
    Dataset<Row> lines(boolean fromSource) {
        return dataset(links().mapPartitions(new LinesFunction(location, fromSource)), RejectRow.SCHEMA);
    }

    private JavaRDD<PendingLink> links() {
        return LinkGroups.distribute(spark, backlog.links());
    }

    private Dataset<Row> dataset(JavaRDD<Row> rows, StructType schema) {
        return spark.createDataset(rows.rdd(), Encoders.row(schema));
    }
}

package io.tributary.sandbox.lake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.daemon.MonotonicClock;
import io.tributary.etl.MergeJob;
import io.tributary.etl.MergeReport;
import io.tributary.etl.Sessions;
import io.tributary.etl.audit.LakeAudit;
import io.tributary.etl.config.MergeConfig;
import io.tributary.etl.merge.StageListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/** The lake through a Spark session in this process. Owns both. One thread at a time. */
final class LocalLake implements AutoCloseable {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final MergeConfig config;
    private final SparkSession spark;
    private final MergeJob job;

    private LocalLake(MergeConfig config, SparkSession spark, MergeJob job) {
        this.config = config;
        this.spark = spark;
        this.job = job;
    }

    static LocalLake open(MergeConfig config) {
        SparkSession spark = Sessions.open(config, settings());
        return new LocalLake(config, spark, new MergeJob(spark, config, StageListener.NONE, MonotonicClock.system()));
    }

    /** Spark on two threads, which may try a task again, and on loopback only. */
    private static Map<String, String> settings() {
        return Map.of(
                "spark.master", "local[2,3]",
                "spark.ui.enabled", "false",
                "spark.driver.host", "127.0.0.1",
                "spark.driver.bindAddress", "127.0.0.1",
                "spark.sql.shuffle.partitions", "4",
                "spark.default.parallelism", "2",
                "spark.sql.warehouse.dir", temporary().toUri().toString(),
                "spark.sql.catalogImplementation", "in-memory",
                "spark.metrics.appStatusSource.enabled", "false",
                "spark.cleaner.referenceTracking.blocking", "false");
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory("tributary-spark-");
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    MergeReport merge() {
        return job.run();
    }

    LakeAudit audit(boolean deep) {
        return deep ? LakeAudit.deep(config, spark) : LakeAudit.of(config);
    }

    /** Some rows of a table: {@code {"columns":[...],"rows":[[...],...]}}. */
    ObjectNode rows(String table, int limit) {
        Dataset<Row> rows = spark.table("`" + config.catalog().name() + "`.`" + config.database() + "`.`"
                        + table.replace("`", "``") + "`")
                .limit(limit);
        ObjectNode result = MAPPER.createObjectNode();
        ArrayNode columns = result.putArray("columns");
        List.of(rows.columns()).forEach(columns::add);
        ArrayNode list = result.putArray("rows");
        for (Row row : rows.select(functions.to_json(functions.struct("*"))).collectAsList()) {
            JsonNode fields = read(row.getString(0));
            ArrayNode values = list.addArray();
            for (JsonNode column : columns) {
                values.add(fields.get(column.asText()));
            }
        }
        return result;
    }

    private static JsonNode read(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    @Override
    public void close() {
        job.close();
        spark.stop();
    }
}

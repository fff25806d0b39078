package io.tributary.etl;

import io.tributary.daemon.MonotonicClock;
import io.tributary.daemon.config.ConfigException;
import io.tributary.daemon.config.ConfigReader;
import io.tributary.etl.config.MergeConfig;
import io.tributary.etl.merge.StageListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** A lake of its own for each test, in one Spark session for all of them. */
final class LakeFixture {
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final Path WAREHOUSE = temporary();
    private static final SparkSession SPARK = session();

    private final String database = "db" + NUMBER.incrementAndGet();
    private final String prefix = "staging-" + database;
    private final String settings;

    /** A lake.
     *
     * @param settings HOCON: tables and what else is to be set
     */
    LakeFixture(String settings) {
        this.settings = settings;
    }

    SparkSession spark() {
        return SPARK;
    }

    StagedChain chain(String topic, int partition) {
        return new StagedChain(prefix, topic, partition);
    }

    String prefix() {
        return prefix;
    }

    MergeConfig config(String more) {
        try {
            return ConfigReader.parse(base() + settings + "\n" + more, "test", Map.of(), MergeConfig::read);
        } catch (ConfigException wrong) {
            throw new IllegalArgumentException(wrong.getMessage(), wrong);
        }
    }

    MergeReport merge() {
        return merge("", StageListener.NONE);
    }

    MergeReport merge(String more, StageListener stages) {
        try (MergeJob job = new MergeJob(SPARK, config(more), stages, MonotonicClock.system())) {
            return job.run();
        }
    }

    /** A merge so many days after all that is staged now was staged. */
    MergeReport mergeAfterDays(int days) {
        S3Process.shared().age(Duration.ofDays(days));
        return mergeWithClockAhead(Duration.ofDays(days));
    }

    /** A merge on a machine whose clock is ahead, or behind where that is negative. */
    MergeReport mergeWithClockAhead(Duration ahead) {
        InstantSource later = () -> InstantSource.system().instant().plus(ahead);
        try (MergeJob job = new MergeJob(SPARK, config(""), StageListener.NONE, MonotonicClock.system(), later)) {
            return job.run();
        }
    }

    /** Nobody can read from snapshots any more what was merged. */
    void forgetSummaries(String table) {
        sql("CALL lake.system.rewrite_data_files(table => '@" + table + "', options => map('rewrite-all', 'true'))");
        sql("CALL lake.system.expire_snapshots(table => '@" + table
                + "', older_than => TIMESTAMP '2100-01-01 00:00:00', retain_last => 1)");
    }

    /** The rows of a query, in which {@code @t} stands for table t. */
    List<Row> sql(String query) {
        return SPARK.sql(query.replaceAll("@(\\w+)", "lake." + database + ".$1"))
                .collectAsList();
    }

    /** The rows of a query as text, one for each. */
    List<String> text(String query) {
        return sql(query).stream().map(row -> row.mkString("|")).toList();
    }

    boolean tableExists(String table) {
        return SPARK.catalog().tableExists("lake." + database + "." + table);
    }

    /** A table's columns and their types. */
    List<String> columns(String table) {
        return Arrays.stream(
                        SPARK.table("lake." + database + "." + table).schema().fields())
                .map(field -> field.name() + " " + field.dataType().catalogString())
                .toList();
    }

    private String base() {
        return """
                staging { uri = "s3://%s/%s", s3 { region = us-east-1, endpoint = "%s", path-style = true,
                  access-key = %s, secret-key = %s } }
                catalog { properties { %s } }
                database = %s
                """.formatted(
                        S3Process.BUCKET,
                        prefix,
                        S3Process.shared().endpoint(),
                        S3Process.ACCESS_KEY,
                        S3Process.SECRET_KEY,
                        catalogProperties(),
                        database);
    }

    private static String catalogProperties() {
        return """
                type = jdbc
                uri = "jdbc:h2:mem:lake;DB_CLOSE_DELAY=-1;DATABASE_TO_UPPER=FALSE"
                "jdbc.schema-version" = V1
                warehouse = "%s"
                """.formatted(WAREHOUSE.toUri());
    }

    private static SparkSession session() {
        try {
            MergeConfig config = ConfigReader.parse(
                    new LakeFixture("tables = [{ topic = t }]").base() + "tables = [{ topic = t }]",
                    "test",
                    Map.of(),
                    MergeConfig::read);
            return Sessions.open(
                    config,
                    Map.of(
                            "spark.master", "local[2]",
                            "spark.ui.enabled", "false",
                            "spark.driver.host", "127.0.0.1",
                            "spark.driver.bindAddress", "127.0.0.1",
                            "spark.sql.shuffle.partitions", "2",
                            "spark.sql.warehouse.dir", WAREHOUSE.toUri().toString()));
        } catch (ConfigException wrong) {
            throw new IllegalArgumentException(wrong);
        }
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory("etl-lake-");
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}

package io.tributary.etl.config;

import io.tributary.aws.CloudWatchSettings;
import io.tributary.aws.S3Settings;
import io.tributary.daemon.config.ConfigSection;
import io.tributary.daemon.metrics.catalog.Program;
import io.tributary.etl.read.StagingLocation;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The whole configuration of the merge.
 *
 * @param staging       where the chains are
 * @param stagingRetention how long links stay that are merged; empty means for ever
 * @param catalog       where the tables are
 * @param database      the tables' namespace
 * @param tables        what is merged
 * @param rejectedTable the table of all that was refused
 * @param batch         how much one commit merges
 * @param maintenance   when tables are tidied
 * @param spark         settings for Spark, over the defaults
 * @param cloudWatch    where metrics go
 */
public record MergeConfig(
        StagingLocation staging,
        Optional<Duration> stagingRetention,
        CatalogConfig catalog,
        String database,
        List<TableConfig> tables,
        String rejectedTable,
        BatchConfig batch,
        MaintenanceConfig maintenance,
        Map<String, String> spark,
        CloudWatchSettings cloudWatch) {

    /** Reads the configuration. */
    public static MergeConfig read(ConfigSection root) {
        ConfigSection staging = root.section("staging");
        String uri = staging.text("uri")
                .doc("The bucket and prefix of all staged objects: s3://bucket/prefix.")
                .must("be s3://bucket or s3://bucket/prefix", StagingLocation::isValid)
                .required();
        Optional<Duration> retention = staging.duration("retention")
                .doc("Links that are merged are deleted when older than this, but never the last of a chain;"
                        + " absent keeps all. Not shorter than maintenance.retain-snapshots. Set it in exactly one"
                        + " job of those that merge from the same staging prefix: a job knows only what its own"
                        + " tables have merged.")
                .between(Duration.ofHours(1), Duration.ofDays(36_500))
                .optional();
        S3Settings s3 = S3Settings.read(staging.section("s3"));
        CatalogConfig catalog = CatalogConfig.read(root.section("catalog"));
        String database = root.text("database")
                .doc("The database (namespace) of the tables.")
                .must("consist of letters, digits and _", text -> text.matches("[A-Za-z0-9_]+"))
                .orDefault("lake");
        int[] index = {0};
        List<TableConfig> tables = root.sections(
                "tables",
                "The tables and their topics.",
                section -> TableConfig.read(section, "tables[" + index[0]++ + "]"));
        String rejected = root.text("rejected-table")
                .doc("The table of all that was refused anywhere.")
                .must("consist of letters, digits and _", text -> text.matches("[A-Za-z0-9_]+"))
                .orDefault("rejected");
        rejectDoubles(root, tables, rejected);
        BatchConfig batch = BatchConfig.read(root.section("batch"));
        MaintenanceConfig maintenance = MaintenanceConfig.read(root.section("maintenance"));
        if (maintenance.enabled()
                && retention.isPresent()
                && retention.get().compareTo(maintenance.retainSnapshots()) < 0) {
            staging.reject(
                    "retention",
                    "must not be shorter than maintenance.retain-snapshots: a snapshot cannot be rolled back to when its"
                            + " last merged link is deleted");
        }
        return new MergeConfig(
                StagingLocation.of(uri, s3),
                retention,
                catalog,
                database,
                tables,
                rejected,
                batch,
                maintenance,
                root.map("spark", "Spark settings, over the job's own."),
                CloudWatchSettings.read(root.section("cloudwatch"), Program.MERGE));
    }

    private static void rejectDoubles(ConfigSection root, List<TableConfig> tables, String rejected) {
        if (tables.isEmpty()) {
            root.reject("tables", "must name at least one table: [{ topic = ..., mode = append }]");
        }
        Set<String> topics = new HashSet<>();
        Set<String> names = new HashSet<>();
        for (TableConfig table : tables) {
            if (!topics.add(table.topic())) {
                root.reject("tables", "topic '" + table.topic() + "' feeds two tables");
            }
            if (tables.stream().anyMatch(other -> other.rejectedTopic().equals(table.topic()))) {
                root.reject(
                        "tables",
                        "topic '" + table.topic()
                                + "' carries what the sources of another table's topic refused; it goes"
                                + " to the rejected-table by itself");
            }
            if (!names.add(table.table())) {
                root.reject("tables", "table '" + table.table() + "' is named twice");
            }
            if (table.table().equals(rejected)) {
                root.reject("tables", "table '" + rejected + "' is the rejected-table; choose another name");
            }
        }
    }
}

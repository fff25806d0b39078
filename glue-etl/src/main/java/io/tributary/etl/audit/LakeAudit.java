package io.tributary.etl.audit;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.etl.EtlException;
import io.tributary.etl.config.MergeConfig;
import io.tributary.etl.config.TableConfig;
import io.tributary.etl.table.Cleaned;
import io.tributary.etl.table.Counts;
import io.tributary.etl.table.LakeCatalog;
import io.tributary.etl.table.TableState;
import io.tributary.etl.table.Watermark;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.spark.sql.SparkSession;

/**
 * What the lake holds, read from the tables as they are now: the lake's side of the audit. Changes nothing. Only the deep
 * one needs Spark.
 *
 * @param json the state
 */
public record LakeAudit(ObjectNode json) {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** The state by snapshots' summaries, and the number of rows by the tables' files. */
    public static LakeAudit of(MergeConfig config) {
        try (LakeCatalog catalog = LakeCatalog.open(config.catalog(), config.database())) {
            return of(config, catalog);
        }
    }

    /** The same, and what the rows themselves say of offsets. */
    public static LakeAudit deep(MergeConfig config, SparkSession spark) {
        try (LakeCatalog catalog = LakeCatalog.open(config.catalog(), config.database())) {
            LakeAudit audit = of(config, catalog);
            for (int at = 0; at < config.tables().size(); at++) {
                TableConfig table = config.tables().get(at);
                ObjectNode node = (ObjectNode) audit.json.path("tables").get(at);
                if (node.hasNonNull("snapshot")) {
                    node.set("deep", DeepCheck.of(spark, catalog.sqlName(table.table()), table.mode()));
                }
            }
            return audit;
        }
    }

    private static LakeAudit of(MergeConfig config, LakeCatalog catalog) {
        ObjectNode root = MAPPER.createObjectNode();
        ArrayNode tables = root.putArray("tables");
        for (TableConfig table : config.tables()) {
            ObjectNode node = tables.addObject();
            node.put("table", table.table())
                    .put("topic", table.topic())
                    .put("mode", table.mode().name().toLowerCase(Locale.ROOT));
            describe(node, catalog.find(table.table()));
        }
        ObjectNode rejected = root.putObject("rejected");
        rejected.put("table", config.rejectedTable());
        Optional<Table> rejects = catalog.find(config.rejectedTable());
        describe(rejected, rejects);
        rejected.set("stages", stages(rejects));
        return new LakeAudit(root);
    }

    private static void describe(ObjectNode node, Optional<Table> table) {
        TableState state = table.map(TableState::of).orElse(TableState.EMPTY);
        int version = table.map(
                        found -> ((BaseTable) found).operations().current().formatVersion())
                .orElse(0);
        node.put("format", version == 0 ? null : "iceberg/" + version);
        node.put("snapshot", state.isEmpty() ? null : state.snapshotId());
        node.put("rows", table.isPresent() && !state.isEmpty() ? rows(table.get()) : 0L);
        ObjectNode chains = node.putObject("chains");
        Watermark cleaned = table.map(Cleaned::of).orElse(Watermark.NONE);
        state.watermark().orElse(Watermark.NONE).chains().forEach((chain, position) -> {
            ObjectNode described = chains.putObject(chain.toString());
            described
                    .put("next", position.next())
                    .put("records", position.records())
                    .put("link", position.link());
            if (cleaned.chains().containsKey(chain)) {
                described
                        .putObject("cleaned")
                        .put("next", cleaned.at(chain).next())
                        .put("records", cleaned.at(chain).records());
            }
        });
        try {
            node.set(
                    "counts", MAPPER.readTree(state.counts().orElse(Counts.NONE).toJson()));
        } catch (IOException impossible) {
            throw new EtlException("counts are not JSON", impossible);
        }
    }

    /** The number of rows: by the files' own counts where no deletes stand beside them, else by reading. */
    private static long rows(Table table) {
        long rows = 0;
        boolean deletes = false;
        try (CloseableIterable<FileScanTask> tasks = table.newScan().planFiles()) {
            for (FileScanTask task : tasks) {
                rows += task.file().recordCount();
                deletes |= !task.deletes().isEmpty();
            }
        } catch (IOException unreadable) {
            throw new EtlException("table " + table.name() + " cannot be read: " + unreadable.getMessage(), unreadable);
        }
        return deletes ? count(table) : rows;
    }

    private static long count(Table table) {
        long rows = 0;
        try (CloseableIterable<Record> records =
                IcebergGenerics.read(table).select("_offset").build()) {
            for (Record ignored : records) {
                rows++;
            }
        } catch (IOException unreadable) {
            throw new EtlException("table " + table.name() + " cannot be read: " + unreadable.getMessage(), unreadable);
        }
        return rows;
    }

    private static ArrayNode stages(Optional<Table> rejects) {
        ArrayNode list = MAPPER.createArrayNode();
        if (rejects.isEmpty() || rejects.get().currentSnapshot() == null) {
            return list;
        }
        Map<RejectGroup, Long> counts = new TreeMap<>();
        try (CloseableIterable<Record> records = IcebergGenerics.read(rejects.get())
                .select("topic", "_incarnation", "partition", "stage")
                .build()) {
            for (Record row : records) {
                counts.merge(RejectGroup.of(row), 1L, Long::sum);
            }
        } catch (IOException unreadable) {
            throw new EtlException("the table of rejects cannot be read: " + unreadable.getMessage(), unreadable);
        }
        counts.forEach((group, rows) -> group.describe(list.addObject()).put("rows", rows));
        return list;
    }

    private record RejectGroup(String topic, String incarnation, int partition, String stage)
            implements Comparable<RejectGroup> {
        static RejectGroup of(Record row) {
            return new RejectGroup(
                    String.valueOf(row.getField("topic")),
                    String.valueOf(row.getField("_incarnation")),
                    (Integer) row.getField("partition"),
                    String.valueOf(row.getField("stage")));
        }

        ObjectNode describe(ObjectNode node) {
            return node.put("topic", topic)
                    .put("incarnation", incarnation)
                    .put("partition", partition)
                    .put("stage", stage);
        }

        @Override
        public int compareTo(RejectGroup other) {
            int byTopic = topic.compareTo(other.topic);
            int byIncarnation = byTopic != 0 ? byTopic : incarnation.compareTo(other.incarnation);
            int byPartition = byIncarnation != 0 ? byIncarnation : Integer.compare(partition, other.partition);
            return byPartition != 0 ? byPartition : stage.compareTo(other.stage);
        }
    }

    /** The state as JSON. */
    public String toJson() {
        return json.toString();
    }
}

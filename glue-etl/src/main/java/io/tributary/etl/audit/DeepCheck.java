package io.tributary.etl.audit;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.etl.config.Mode;
import io.tributary.etl.schema.ColumnNames;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** What a table's rows say of where they come from, by reading all of them. */
final class DeepCheck {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private DeepCheck() {}

    static ObjectNode of(SparkSession spark, String table, Mode mode) {
        ObjectNode node = MAPPER.createObjectNode();
        ArrayNode chains = node.putArray("chains");
        for (Row row : spark.sql("SELECT " + ColumnNames.INCARNATION + ", " + ColumnNames.PARTITION
                        + ", count(*), min(" + ColumnNames.OFFSET + "), max(" + ColumnNames.OFFSET + ") FROM " + table
                        + " GROUP BY 1, 2 ORDER BY 1, 2")
                .collectAsList()) {
            chains.addObject()
                    .put("incarnation", row.getString(0))
                    .put("partition", row.getInt(1))
                    .put("rows", row.getLong(2))
                    .put("first", row.getLong(3))
                    .put("last", row.getLong(4));
        }
        Row totals = spark.sql("SELECT count(*), count(DISTINCT " + identity(mode) + ") FROM " + table)
                .first();
        return node.put("rows", totals.getLong(0)).put("distinct", totals.getLong(1));
    }

    /** What no two rows may share. */
    private static String identity(Mode mode) {
        return switch (mode) {
            case APPEND ->
                "struct(" + ColumnNames.INCARNATION + ", " + ColumnNames.PARTITION + ", " + ColumnNames.OFFSET + ")";
            case UPSERT -> ColumnNames.KEY;
        };
    }
}

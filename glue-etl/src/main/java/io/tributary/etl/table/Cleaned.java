package io.tributary.etl.table;

import io.tributary.etl.EtlException;
import io.tributary.etl.read.ChainPosition;
import io.tributary.staging.ChainId;
import java.util.HashMap;
import java.util.Map;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.exceptions.CommitFailedException;

/**
 * Up to where the links of the chains that feed a table were cleaned out of staging, and how many records they had. It
 * stands in the table's properties, which outlive its snapshots, and is written before the first link is deleted: a link
 * that is missing below it was deleted on purpose, and one that is missing above it is a hole. Stateless.
 */
public final class Cleaned {
    /** The key among the table's properties; its value has the form of a watermark without links. */
    public static final String PROPERTY = "tributary.cleaned";

    private static final int ATTEMPTS = 20;

    private Cleaned() {}

    /** What a table says. */
    public static Watermark of(Table table) {
        String json = table.properties().get(PROPERTY);
        return json == null ? Watermark.NONE : Watermark.parse(json);
    }

    /**
     * Declares that links are about to be deleted. Never goes back, whoever else declares at the same time: the change of
     * the table's metadata is a compare-and-swap.
     */
    public static void declare(Table table, Map<ChainId, ChainPosition> upTo) {
        TableOperations operations = ((BaseTable) table).operations();
        for (int attempt = 1; ; attempt++) {
            TableMetadata base = operations.refresh();
            Watermark before = of(base);
            Watermark after = before.withFurther(upTo);
            if (after.equals(before)) {
                return;
            }
            Map<String, String> properties = new HashMap<>(base.properties());
            properties.put(PROPERTY, after.toJson());
            try {
                operations.commit(base, base.replaceProperties(properties));
                return;
            } catch (CommitFailedException other) {
                if (attempt == ATTEMPTS) {
                    throw new EtlException(
                            "table " + table.name() + " changed each time that its cleaned links were declared", other);
                }
            }
        }
    }

    private static Watermark of(TableMetadata metadata) {
        String json = metadata.properties().get(PROPERTY);
        return json == null ? Watermark.NONE : Watermark.parse(json);
    }
}

package io.tributary.etl.table;

import io.tributary.etl.schema.ColumnNames;
import io.tributary.etl.schema.Columns;
import io.tributary.etl.schema.SchemaChange;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.UpdateSchema;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/** Applies changes of columns to tables. Stateless. */
public final class Evolution {
    private Evolution() {}

    /** The schema of a new table: its columns, then the metadata columns. */
    public static Schema initial(List<SchemaChange> changes) {
        List<Types.NestedField> fields =
                new ArrayList<>(Columns.apply(Columns.NONE, changes).fields());
        // The catalog gives the ids; these must only differ from one another.
        fields.addAll(LakeCatalog.metadataColumns(1_000_000));
        return new Schema(fields);
    }

    /**
     * Changes a table's columns. New ones stand before the metadata columns.
     *
     * @throws org.apache.iceberg.exceptions.CommitFailedException if someone else changed the table since it was read
     */
    public static void apply(Table table, List<SchemaChange> changes) {
        if (changes.isEmpty()) {
            return;
        }
        UpdateSchema update = table.updateSchema();
        boolean hasMetadata = table.schema().findField(ColumnNames.KEY) != null;
        for (SchemaChange change : changes) {
            if (change instanceof SchemaChange.Add add) {
                @Nullable String parent = add.parent().isEmpty() ? null : add.parent();
                update.addColumn(parent, add.name(), add.type());
                if (parent == null && hasMetadata) {
                    update.moveBefore(add.name(), ColumnNames.KEY);
                }
            } else if (change instanceof SchemaChange.Widen widen) {
                update.updateColumn(widen.path(), widen.type().asPrimitiveType());
            }
        }
        update.commit();
    }
}

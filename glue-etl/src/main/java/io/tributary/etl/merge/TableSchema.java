package io.tributary.etl.merge;

import io.tributary.etl.EtlException;
import io.tributary.etl.config.TableConfig;
import io.tributary.etl.read.RowsFunction;
import io.tributary.etl.read.ScanResult;
import io.tributary.etl.schema.Columns;
import io.tributary.etl.schema.SchemaChange;
import io.tributary.etl.schema.SchemaPlan;
import io.tributary.etl.table.Evolution;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SchemaParser;
import org.apache.iceberg.Table;
import org.apache.iceberg.spark.SparkSchemaUtil;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.TypeUtil;
import org.apache.iceberg.types.Types;
import org.apache.spark.sql.types.StructType;

/**
 * Gives a table the columns that a batch needs. Without a transform the records' columns are the table's. With one, the
 * records' own columns stand in a property of the table, so that a field's type does not depend on the batch that it is
 * in. Confined to one thread.
 */
final class TableSchema {
    /** The table property with the records' columns where a transform makes others of them. */
    static final String SOURCE_PROPERTY = "tributary.source-schema";

    private final MergeContext context;
    private final TableConfig config;

    TableSchema(MergeContext context, TableConfig config) {
        this.context = context;
        this.config = config;
    }

    /**
     * A table that is ready for a batch.
     *
     * @param table   the table
     * @param columns the records' columns
     * @param certain whether every record's value surely fits them
     */
    record Evolved(Table table, StructType columns, boolean certain) {}

    Evolved evolve(Optional<Table> existing, ScanResult scan) {
        Types.StructType before = existing.map(this::recordColumns).orElse(Columns.NONE);
        SchemaPlan plan;
        try {
            plan = SchemaPlan.of(before, config.columns(), scan.shape());
        } catch (SchemaPlan.CannotWidenException conflict) {
            throw new EtlException(config.path() + ".columns: " + conflict.getMessage(), conflict);
        }
        if (config.transform().isEmpty()) {
            Table table = existing.orElseGet(
                    () -> context.catalog().create(config.table(), Evolution.initial(plan.changes())));
            if (existing.isPresent()) {
                Evolution.apply(table, plan.changes());
            }
            // Another run may have made the table: its columns count, and what they lack will be added next time.
            boolean complete = existing.isPresent() || covers(table, plan.changes());
            if (!complete) {
                return evolve(Optional.of(table), scan);
            }
            return new Evolved(table, SparkSchemaUtil.convert(schemaOf(recordColumns(table))), plan.certain());
        }
        return evolveTransformed(existing, Columns.apply(before, plan.changes()), plan);
    }

    private Evolved evolveTransformed(Optional<Table> existing, Types.StructType after, SchemaPlan plan) {
        StructType columns = SparkSchemaUtil.convert(schemaOf(after));
        StructType output = new Transform(context.spark(), config).outputSchema(RowsFunction.schema(columns, false));
        List<SchemaChange> changes = outputChanges(
                existing.map(table -> Columns.data(table.schema().asStruct())).orElse(Columns.NONE), output);
        Table table = existing.orElseGet(() -> context.catalog().create(config.table(), Evolution.initial(changes)));
        if (existing.isPresent()) {
            Evolution.apply(table, changes);
        } else if (!covers(table, changes)) {
            return evolveTransformed(Optional.of(table), after, plan);
        }
        if (!plan.changes().isEmpty() || !table.properties().containsKey(SOURCE_PROPERTY)) {
            table.updateProperties()
                    .set(SOURCE_PROPERTY, SchemaParser.toJson(schemaOf(after)))
                    .commit();
        }
        return new Evolved(table, columns, plan.certain());
    }

    private Types.StructType recordColumns(Table table) {
        if (config.transform().isEmpty()) {
            return Columns.data(table.schema().asStruct());
        }
        String stored = table.properties().get(SOURCE_PROPERTY);
        return stored == null ? Columns.NONE : SchemaParser.fromJson(stored).asStruct();
    }

    private List<SchemaChange> outputChanges(Types.StructType existing, StructType output) {
        List<SchemaChange> changes = new ArrayList<>();
        for (Types.NestedField field :
                Columns.data(SparkSchemaUtil.convert(output).asStruct()).fields()) {
            String name = field.name().toLowerCase(Locale.ROOT);
            Types.NestedField column = existing.caseInsensitiveField(name);
            Type type = field.type();
            if (column == null) {
                changes.add(new SchemaChange.Add("", name, type));
            } else if (!SparkSchemaUtil.convert(column.type()).equals(SparkSchemaUtil.convert(type))) {
                if (!column.type().isPrimitiveType()
                        || !type.isPrimitiveType()
                        || !TypeUtil.isPromotionAllowed(column.type(), type.asPrimitiveType())) {
                    throw new EtlException(config.path() + ".transform: column '" + name + "' is "
                            + SparkSchemaUtil.convert(type).catalogString() + " now, but "
                            + SparkSchemaUtil.convert(column.type()).catalogString()
                            + " in the table; cast it to that, or give it another name");
                }
                changes.add(new SchemaChange.Widen(column.name(), type));
            }
        }
        return changes;
    }

    private static boolean covers(Table table, List<SchemaChange> changes) {
        return changes.stream()
                .filter(SchemaChange.Add.class::isInstance)
                .map(SchemaChange.Add.class::cast)
                .allMatch(add -> table.schema().findField(add.name()) != null
                        && SparkSchemaUtil.convert(
                                        table.schema().findField(add.name()).type())
                                .equals(SparkSchemaUtil.convert(add.type())));
    }

    private static Schema schemaOf(Types.StructType columns) {
        return new Schema(columns.fields());
    }
}

package io.tributary.etl.table;

import io.tributary.etl.EtlException;
import io.tributary.etl.config.CatalogConfig;
import io.tributary.etl.schema.ColumnNames;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.CatalogUtil;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.jdbc.UncheckedSQLException;
import org.apache.iceberg.types.Types;

/** The catalog and its tables, through Iceberg's own API. Owns the catalog's connections; safe for many threads. */
public final class LakeCatalog implements AutoCloseable {
    /** How tables are made: version 2 for Athena, deletes beside the data so that an upsert's cost follows its batch. */
    private static final Map<String, String> PROPERTIES = Map.of(
            "format-version", "2",
            "write.delete.mode", "merge-on-read",
            "write.update.mode", "merge-on-read",
            "write.merge.mode", "merge-on-read",
            "write.metadata.delete-after-commit.enabled", "true",
            "write.metadata.previous-versions-max", "100",
            "write.parquet.compression-codec", "zstd");

    private final Catalog catalog;
    private final String name;
    private final Namespace database;

    private LakeCatalog(Catalog catalog, String name, Namespace database) {
        this.catalog = catalog;
        this.name = name;
        this.database = database;
    }

    /** Connects to the catalog, and makes the database where it is missing. */
    public static LakeCatalog open(CatalogConfig config, String database) {
        Map<String, String> properties = new HashMap<>(config.properties());
        // Tables must be as they are now, not as they were a while ago.
        properties.put("cache-enabled", "false");
        Catalog catalog = build(config.name(), properties);
        Namespace namespace = Namespace.of(database);
        if (catalog instanceof SupportsNamespaces namespaces && !namespaces.namespaceExists(namespace)) {
            try {
                namespaces.createNamespace(namespace);
            } catch (AlreadyExistsException | UncheckedSQLException failed) {
                // Another run of the job may have been first: a JDBC catalog then tells of a violated key.
                if (!namespaces.namespaceExists(namespace)) {
                    throw failed;
                }
            }
        }
        return new LakeCatalog(catalog, config.name(), namespace);
    }

    /** Two that make a JDBC catalog's own tables at the same time are in one another's way, once. */
    private static Catalog build(String name, Map<String, String> properties) {
        try {
            return CatalogUtil.buildIcebergCatalog(name, properties, new Configuration());
        } catch (UncheckedSQLException madeMeanwhile) {
            return CatalogUtil.buildIcebergCatalog(name, properties, new Configuration());
        }
    }

    /** The table, if it exists. */
    public Optional<Table> find(String table) {
        try {
            return Optional.of(catalog.loadTable(TableIdentifier.of(database, table)));
        } catch (NoSuchTableException absent) {
            return Optional.empty();
        }
    }

    /** Makes a table, or loads the one that another run made meanwhile. */
    public Table create(String table, Schema schema) {
        try {
            return catalog.buildTable(TableIdentifier.of(database, table), schema)
                    .withProperties(PROPERTIES)
                    .create();
        } catch (AlreadyExistsException madeMeanwhile) {
            return find(table).orElseThrow(() -> new EtlException("table " + table + " was dropped while it was made"));
        }
    }

    /** How Spark SQL names the table, or a branch of it. */
    public String sqlName(String table) {
        return "`" + name + "`.`" + database.level(0) + "`.`" + table + "`";
    }

    /** The metadata columns that every merged table has. */
    public static List<Types.NestedField> metadataColumns(int firstId) {
        List<Types.NestedField> fields = new ArrayList<>();
        int id = firstId;
        fields.add(Types.NestedField.optional(id++, ColumnNames.KEY, Types.StringType.get(), "The record's key."));
        fields.add(Types.NestedField.optional(
                id++, ColumnNames.INCARNATION, Types.StringType.get(), "The topic's id in Kafka."));
        fields.add(Types.NestedField.optional(id++, ColumnNames.PARTITION, Types.IntegerType.get(), "Its partition."));
        fields.add(Types.NestedField.optional(id++, ColumnNames.OFFSET, Types.LongType.get(), "Its offset."));
        fields.add(Types.NestedField.optional(
                id, ColumnNames.TIMESTAMP, Types.TimestampType.withZone(), "The record's timestamp."));
        return fields;
    }

    @Override
    public void close() {
        if (catalog instanceof AutoCloseable closeable) {
            try {
                closeable.close();
            } catch (Exception failed) {
                throw new EtlException("the catalog did not close: " + failed.getMessage(), failed);
            }
        }
    }
}

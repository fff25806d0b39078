package io.tributary.etl.config;

import io.tributary.daemon.config.ConfigSection;
import java.util.Map;

/**
 * The Iceberg catalog.
 *
 * @param name       what Spark and a JDBC catalog call it
 * @param properties Iceberg's own catalog properties: type or catalog-impl, uri, warehouse, io-impl ...
 */
public record CatalogConfig(String name, Map<String, String> properties) {
    static CatalogConfig read(ConfigSection section) {
        String name = section.text("name")
                .doc("The catalog's name in Spark and, for a JDBC catalog, in its tables.")
                .must("consist of letters, digits and _", text -> text.matches("[A-Za-z0-9_]+"))
                .orDefault("lake");
        Map<String, String> properties =
                section.map("properties", "Iceberg's catalog properties, such as type, uri, warehouse and io-impl.");
        if (!properties.containsKey("warehouse")) {
            section.reject("properties", "must hold 'warehouse', the location of the tables");
        }
        if (!properties.containsKey("type") && !properties.containsKey("catalog-impl")) {
            section.reject("properties", "must hold 'type' (glue, jdbc, rest, hadoop) or 'catalog-impl'");
        }
        return new CatalogConfig(name, properties);
    }
}

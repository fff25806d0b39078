package io.tributary.sandbox.sql;

import io.tributary.sandbox.server.ServerStartException;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/** Where the lake is, as the settings of Trino's Iceberg connector. */
record LakeCatalog(String jdbcUrl, String warehouse, URI s3Endpoint, String s3AccessKey, String s3SecretKey) {
    /** The name that Spark writes into the JDBC catalog. */
    private static final String CATALOG_NAME = "lake";

    Map<String, String> connectorSettings() {
        Map<String, String> settings = new HashMap<>();
        settings.put("iceberg.catalog.type", "jdbc");
        settings.put("iceberg.jdbc-catalog.catalog-name", CATALOG_NAME);
        settings.put("iceberg.jdbc-catalog.connection-url", jdbcUrl);
        settings.put("iceberg.jdbc-catalog.default-warehouse-dir", warehouse);
        // Only the merge writes to the lake: its snapshots carry the watermarks.
        settings.put("iceberg.security", "READ_ONLY");
        settings.put("hive.s3.endpoint", s3Endpoint.toString());
        settings.put("hive.s3.path-style-access", "true");
        settings.put("hive.s3.ssl.enabled", Boolean.toString("https".equals(s3Endpoint.getScheme())));
        settings.put("hive.s3.aws-access-key", s3AccessKey);
        settings.put("hive.s3.aws-secret-key", s3SecretKey);
        return settings;
    }

    /** Trino itself would connect at the first query only, and try for minutes. */
    void requireAnswer() throws ServerStartException {
        try (Connection connection = DriverManager.getConnection(jdbcUrl)) {
            connection.getMetaData();
        } catch (SQLException e) {
            throw new ServerStartException("the catalog at " + address() + " does not answer: " + e.getMessage(), e);
        }
    }

    /** The URL without its settings, among which is the password. */
    private String address() {
        int settings = jdbcUrl.indexOf(';');
        return settings < 0 ? jdbcUrl : jdbcUrl.substring(0, settings);
    }

    /** Without the secret key. */
    @Override
    public String toString() {
        return "LakeCatalog[" + warehouse + " at " + s3Endpoint + "]";
    }
}

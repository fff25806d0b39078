package io.tributary.etl;

import io.tributary.etl.config.MergeConfig;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.SparkSession;

/** Makes the Spark session that merges need. */
public final class Sessions {
    private Sessions() {}

    /**
     * The session: the one that Glue has begun, or a new one.
     *
     * @param config the configuration
     * @param own    settings of whoever runs the job, such as the master; the configuration's own win over them
     */
    public static SparkSession open(MergeConfig config, Map<String, String> own) {
        Map<String, String> settings = new TreeMap<>(settings(config));
        settings.putAll(own);
        settings.putAll(config.spark());
        SparkSession.Builder builder = SparkSession.builder().appName("tributary-merge");
        settings.forEach(builder::config);
        SparkSession session = builder.getOrCreate();
        // In a session that was begun by others only these can still be set.
        settings.forEach((key, value) -> {
            if (key.startsWith("spark.sql.") && session.conf().isModifiable(key)) {
                session.conf().set(key, value);
            }
        });
        return session;
    }

    private static Map<String, String> settings(MergeConfig config) {
        Map<String, String> settings = new TreeMap<>();
        String catalog = "spark.sql.catalog." + config.catalog().name();
        settings.put("spark.sql.extensions", "org.apache.iceberg.spark.extensions.IcebergSparkSessionExtensions");
        settings.put(catalog, "org.apache.iceberg.spark.SparkCatalog");
        config.catalog().properties().forEach((key, value) -> settings.put(catalog + "." + key, value));
        settings.put(catalog + ".cache-enabled", "false");
        // Spark 3 and 4 differ in these: the lake must not.
        settings.put("spark.sql.ansi.enabled", "false");
        settings.put("spark.sql.session.timeZone", "UTC");
        settings.put("spark.sql.caseSensitive", "false");
        settings.put("spark.sql.datetime.java8API.enabled", "true");
        settings.put("spark.sql.adaptive.enabled", "true");
        settings.put("spark.sql.storeAssignmentPolicy", "ANSI");
        return settings;
    }
}

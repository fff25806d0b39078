package io.tributary.sandbox.sql;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.GenericAppenderFactory;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.FileAppender;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.jdbc.JdbcCatalog;
import org.apache.iceberg.types.Types;
import org.h2.tools.Server;
import software.amazon.awssdk.services.s3.S3Client;

/** A lake as the merge leaves it: an H2 server with the catalog, tables in a bucket. Owns the H2 server. */
final class LakeFixture implements AutoCloseable {
    private static final Schema ORDERS = new Schema(
            Types.NestedField.optional(1, "_key", Types.StringType.get()),
            Types.NestedField.optional(2, "_offset", Types.LongType.get()),
            Types.NestedField.optional(3, "price", Types.DecimalType.of(10, 2)),
            Types.NestedField.optional(4, "payload", Types.StringType.get()));

    private final String bucket;
    private final Server h2;

    private LakeFixture(String bucket, Server h2) {
        this.bucket = bucket;
        this.h2 = h2;
    }

    static LakeFixture start(String bucket, Path directory) throws SQLException {
        System.setProperty("h2.bindAddress", "127.0.0.1");
        Server h2 = Server.createTcpServer("-tcpPort", "0", "-ifNotExists", "-baseDir", directory.toString());
        h2.start();
        try (S3Client client = SharedS3Files.client()) {
            client.createBucket(b -> b.bucket(bucket));
        }
        return new LakeFixture(bucket, h2);
    }

    String jdbcUrl() {
        return "jdbc:h2:tcp://127.0.0.1:" + h2.getPort() + "/./lake;DATABASE_TO_UPPER=FALSE;USER=sa;PASSWORD=";
    }

    String warehouse() {
        return "s3://" + bucket + "/lake";
    }

    /** A table without rows in the schema {@code lake}, which comes to be with it. */
    void createOrders() {
        try (JdbcCatalog catalog = catalog()) {
            if (!catalog.namespaceExists(Namespace.of("lake"))) {
                catalog.createNamespace(Namespace.of("lake"), Map.of());
            }
            catalog.createTable(
                    TableIdentifier.of("lake", "orders"),
                    ORDERS,
                    PartitionSpec.unpartitioned(),
                    Map.of("format-version", "2"));
        }
    }

    /** One snapshot with a Parquet file of these rows; its summary carries a watermark. */
    void append(List<Map<String, Object>> rows) throws IOException {
        try (JdbcCatalog catalog = catalog()) {
            Table table = catalog.loadTable(TableIdentifier.of("lake", "orders"));
            OutputFile file =
                    table.io().newOutputFile(table.location() + "/data/" + System.identityHashCode(rows) + ".parquet");
            FileAppender<Record> appender =
                    new GenericAppenderFactory(table.schema()).newAppender(file, FileFormat.PARQUET);
            try (appender) {
                for (Map<String, Object> row : rows) {
                    appender.add(GenericRecord.create(table.schema()).copy(row));
                }
            }
            DataFile data = DataFiles.builder(table.spec())
                    .withPath(file.location())
                    .withFormat(FileFormat.PARQUET)
                    .withFileSizeInBytes(appender.length())
                    .withMetrics(appender.metrics())
                    .build();
            table.newAppend().appendFile(data).set("tributary.watermark", "{}").commit();
        }
    }

    @Override
    public void close() {
        h2.stop();
    }

    private JdbcCatalog catalog() {
        JdbcCatalog catalog = new JdbcCatalog();
        catalog.initialize(
                "lake", Map.of("uri", jdbcUrl(), "warehouse", warehouse(), "io-impl", SharedS3Files.class.getName()));
        return catalog;
    }
}

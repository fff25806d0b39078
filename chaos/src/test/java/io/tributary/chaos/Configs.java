package io.tributary.chaos;

import io.tributary.testing.S3Process;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The programs' configuration files.
 *
 * @param directory where they go
 * @param kafka     the brokers, {@code host:port,...}
 * @param s3        where the programs reach S3
 * @param bucket    the one bucket
 * @param catalog   JDBC URL of the catalog
 */
record Configs(Path directory, String kafka, URI s3, String bucket, String catalog) {
    Path producer(String topic, Path file, String key) throws IOException {
        return write("producer-" + topic, """
                kafka { bootstrap-servers = [%s] }
                source { name = %s, type = dataset, paths = ["%s"], format = ndjson, follow = true, key = [%s] }
                topic = %s
                batch.max-age = 200ms
                """.formatted(brokers(), topic, file, key, topic));
    }

    Path consumer(String instance) throws IOException {
        return write(instance, """
                kafka {
                  bootstrap-servers = [%s], group = chaos, instance-id = %s
                  client { "session.timeout.ms" = 3000, "heartbeat.interval.ms" = 1000 }
                }
                topics = [events, events.rejected, accounts, accounts.rejected, visits]
                s3 { %s }
                staging { bucket = %s }
                roll { max-age = 800ms, max-records = 1500 }
                """.formatted(brokers(), instance, access(), bucket));
    }

    Path merge() throws IOException {
        return write("merge", """
                staging { uri = "s3://%s/staging", s3 { %s }, retention = 1h }
                maintenance.retain-snapshots = 1h
                catalog { name = lake, properties {
                  type = jdbc, uri = "%s", "jdbc.schema-version" = V1, warehouse = "s3://%s/lake"
                  io-impl = "org.apache.iceberg.aws.s3.S3FileIO"
                  retryable_status_codes = "90007,90067,90121,90098"
                  "s3.endpoint" = "%s", "s3.path-style-access" = "true"
                  "s3.access-key-id" = %s, "s3.secret-access-key" = %s, "client.region" = %s
                } }
                database = lake
                tables = [
                  { topic = events, table = events, mode = append }
                  { topic = accounts, table = accounts, mode = upsert }
                  { topic = visits, table = visits, mode = upsert }
                ]
                """.formatted(
                bucket, access(), catalog, bucket, s3, S3Process.ACCESS_KEY, S3Process.SECRET_KEY, S3Process.REGION));
    }

    private String brokers() {
        return "\"" + kafka.replace(",", "\",\"") + "\"";
    }

    private String access() {
        return "endpoint = \"%s\", region = %s, path-style = true, access-key = %s, secret-key = %s"
                .formatted(s3, S3Process.REGION, S3Process.ACCESS_KEY, S3Process.SECRET_KEY);
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name + ".conf"), text);
    }
}

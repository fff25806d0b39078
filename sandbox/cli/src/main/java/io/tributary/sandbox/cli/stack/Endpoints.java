package io.tributary.sandbox.cli.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.daemon.config.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a running stack answers, as {@code run/endpoints.json} says. Immutable.
 *
 * @param kafka       {@code host:port} of the broker
 * @param s3          URL of the S3 server
 * @param s3AccessKey its access key
 * @param s3SecretKey its secret key
 * @param bucket      the bucket
 * @param catalogJdbc JDBC URL of the Iceberg catalog
 * @param merge       URL of the merge process
 * @param sql         {@code host:port} of Trino, where it runs
 * @param consumer    health port of the consumer, where it runs
 */
public record Endpoints(
        String kafka,
        String s3,
        String s3AccessKey,
        Secret s3SecretKey,
        String bucket,
        String catalogJdbc,
        String merge,
        Optional<String> sql,
        Optional<String> consumer) {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** Those of a stack that runs, or that was killed: the caller checks. */
    public static Optional<Endpoints> read(Workspace workspace) {
        try {
            JsonNode node = MAPPER.readTree(Files.readString(file(workspace)));
            return Optional.of(new Endpoints(
                    node.path("kafka").asText(),
                    node.path("s3").asText(),
                    node.path("s3AccessKey").asText(),
                    new Secret(node.path("s3SecretKey").asText()),
                    node.path("bucket").asText(),
                    node.path("catalogJdbc").asText(),
                    node.path("merge").asText(),
                    Optional.ofNullable(text(node.get("sql"))),
                    Optional.ofNullable(text(node.get("consumer")))));
        } catch (IOException notThere) {
            return Optional.empty();
        }
    }

    Endpoints withSql(String address) {
        return new Endpoints(
                kafka, s3, s3AccessKey, s3SecretKey, bucket, catalogJdbc, merge, Optional.of(address), consumer);
    }

    Endpoints withConsumer(String address) {
        return new Endpoints(
                kafka, s3, s3AccessKey, s3SecretKey, bucket, catalogJdbc, merge, sql, Optional.of(address));
    }

    void write(Workspace workspace) throws IOException {
        ObjectNode node = MAPPER.createObjectNode()
                .put("kafka", kafka)
                .put("s3", s3)
                .put("s3AccessKey", s3AccessKey)
                .put("s3SecretKey", s3SecretKey.reveal())
                .put("bucket", bucket)
                .put("catalogJdbc", catalogJdbc)
                .put("merge", merge);
        sql.ifPresent(address -> node.put("sql", address));
        consumer.ifPresent(address -> node.put("consumer", address));
        PrivateFile.write(file(workspace), node.toPrettyString() + "\n");
    }

    /** Removes the file: nothing serves any more. */
    public static void forget(Workspace workspace) throws IOException {
        Files.deleteIfExists(file(workspace));
    }

    private static @Nullable String text(@Nullable JsonNode node) {
        return node == null || node.isNull() ? null : node.asText();
    }

    private static Path file(Workspace workspace) {
        return workspace.run().resolve("endpoints.json");
    }
}

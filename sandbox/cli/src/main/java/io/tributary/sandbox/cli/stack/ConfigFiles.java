package io.tributary.sandbox.cli.stack;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Writes the programs' configuration, as an operator would. JSON is HOCON too. Immutable.
 *
 * @param workspace where the files go
 * @param ports     the ports of the processes
 * @param endpoints where the servers answer
 */
record ConfigFiles(Workspace workspace, Ports ports, Endpoints endpoints) {
    static final String STAGING_PREFIX = "staging";
    static final String DATABASE = "lake";
    private static final String STATUSES = "those of statuses";
    private static final String INCLUDE = "\"columns\" : { include classpath(\"tributary/statuses.conf\") }";
    /** What H2 says of a connection whose server went away: closed, broken, closed, closing. Iceberg then connects anew. */
    private static final String CATALOG_WENT_AWAY = "90007,90067,90121,90098";

    private static final ObjectMapper MAPPER = new ObjectMapper();

    Path producer(Source source) throws IOException {
        return producer(source, ports.producer());
    }

    Path producer(Source source, int healthPort) throws IOException {
        ObjectNode root = MAPPER.createObjectNode();
        kafka(root);
        ObjectNode from = root.putObject("source");
        if (source.following().isPresent()) {
            from.put("name", source.name()).put("type", "mastodon");
            source.following().get().write(from);
            root.put("topic", source.topic());
            root.putObject("health").put("port", healthPort);
            return write("producer-" + source.name() + ".conf", root);
        }
        from.put("name", source.name()).put("type", source.isRejects() ? "rejects" : "dataset");
        ArrayNode paths = from.putArray("paths");
        source.paths().forEach(paths::add);
        if (!source.isRejects()) {
            from.put("format", source.format()).put("follow", source.follow());
            ObjectNode csv = from.putObject("csv");
            source.csv().forEach(csv::put);
            ArrayNode key = from.putArray("key");
            source.key().forEach(key::add);
        }
        root.put("topic", source.topic());
        root.putObject("health").put("port", healthPort);
        return write("producer-" + source.name() + ".conf", root);
    }

    Path consumer(String name, List<String> topics, String maxAge) throws IOException {
        ObjectNode root = MAPPER.createObjectNode();
        kafka(root).put("group", "tributary").put("instance-id", name);
        ArrayNode all = root.putArray("topics");
        for (String topic : topics) {
            all.add(topic).add(Names.rejectedTopic(topic));
        }
        s3(root);
        root.putObject("staging").put("bucket", endpoints.bucket()).put("prefix", STAGING_PREFIX);
        root.putObject("roll").put("max-age", maxAge);
        root.putObject("health").put("port", ports.consumer());
        return write(name + ".conf", root);
    }

    Path merge(Pipelines pipelines) throws IOException {
        ObjectNode root = MAPPER.createObjectNode();
        ObjectNode staging = root.putObject("staging");
        staging.put("uri", "s3://" + endpoints.bucket() + "/" + STAGING_PREFIX);
        s3(staging);
        root.putObject("catalog").put("name", DATABASE).set("properties", catalog());
        root.put("database", DATABASE);
        ArrayNode tables = root.putArray("tables");
        for (Pipeline pipeline : pipelines.all()) {
            ObjectNode table = tables.addObject()
                    .put("topic", pipeline.topic())
                    .put("table", pipeline.table())
                    .put("mode", pipeline.mode().label());
            if (pipeline.statuses()) {
                table.put("columns", STATUSES);
            }
        }
        return write("merge.conf", root);
    }

    private ObjectNode catalog() {
        return MAPPER.createObjectNode()
                .put("type", "jdbc")
                .put("uri", endpoints.catalogJdbc())
                .put("jdbc.schema-version", "V1")
                .put("retryable_status_codes", CATALOG_WENT_AWAY)
                .put("warehouse", warehouse(endpoints))
                .put("io-impl", "org.apache.iceberg.aws.s3.S3FileIO")
                .put("s3.endpoint", endpoints.s3())
                .put("s3.path-style-access", "true")
                .put("s3.access-key-id", endpoints.s3AccessKey())
                .put("s3.secret-access-key", endpoints.s3SecretKey().reveal())
                .put("client.region", "us-east-1");
    }

    static String warehouse(Endpoints endpoints) {
        return "s3://" + endpoints.bucket() + "/lake";
    }

    private ObjectNode kafka(ObjectNode root) {
        ObjectNode kafka = root.putObject("kafka");
        kafka.putArray("bootstrap-servers").add(endpoints.kafka());
        return kafka;
    }

    private void s3(ObjectNode root) {
        root.putObject("s3")
                .put("endpoint", endpoints.s3())
                .put("region", "us-east-1")
                .put("path-style", true)
                .put("access-key", endpoints.s3AccessKey())
                .put("secret-key", endpoints.s3SecretKey().reveal());
    }

    private Path write(String name, ObjectNode root) throws IOException {
        Path file = workspace.run().resolve(name);
        // JSON knows no includes; HOCON does.
        String text = root.toPrettyString().replace("\"columns\" : \"" + STATUSES + "\"", INCLUDE);
        PrivateFile.write(file, text + "\n");
        return file;
    }
}

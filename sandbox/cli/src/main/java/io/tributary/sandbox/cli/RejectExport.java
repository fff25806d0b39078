package io.tributary.sandbox.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tributary.sandbox.cli.sql.Output;
import io.tributary.sandbox.cli.sql.Query;
import io.tributary.sandbox.cli.sql.QueryFailure;
import io.tributary.sandbox.cli.sql.Trino;
import io.tributary.sandbox.cli.stack.Installation;
import io.tributary.sandbox.cli.stack.Names;
import io.tributary.sandbox.cli.stack.Pipelines;
import io.tributary.sandbox.cli.stack.Server;
import io.tributary.sandbox.cli.stack.Workspace;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import java.util.TreeSet;

/** Files of rejects, one JSON object a line, as the lake's table has them. Used by the command's thread. */
record RejectExport(Installation installation, Workspace workspace, Pipelines pipelines) {
    private static final String CATALOG = "awsdatacatalog";
    private static final String SCHEMA = "lake";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** Writes what a query finds, and tells how many lines that is. */
    long write(String query, Path file) throws Exception {
        String lines;
        try {
            lines = new Access(installation, workspace, pipelines, Terminal.err())
                    .with(
                            "tributary redrive",
                            EnumSet.of(Server.S3, Server.CATALOG, Server.SQL),
                            (endpoints, patience) -> Query.answer(
                                    new Trino(endpoints.sql().orElseThrow(), CATALOG, SCHEMA), query, Output.NDJSON));
        } catch (QueryFailure refused) {
            if (String.valueOf(refused.getMessage()).contains("rejected' does not exist")) {
                lines = "";
            } else {
                throw CommandFailure.usage(String.join(" ", refused.lines(query)));
            }
        }
        try {
            Files.writeString(file, lines, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw CommandFailure.failed(file + " cannot be written: " + e.getMessage());
        }
        return lines.lines().count();
    }

    /** The topics that the rejects of a file are to be published to. */
    static Set<String> topics(Path file) throws CommandFailure, IOException {
        Set<String> topics = new TreeSet<>();
        try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            long number = 0;
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                number++;
                if (!line.isBlank()) {
                    topics.add(topic(file + ":" + number, line));
                }
            }
        }
        return topics;
    }

    private static String topic(String place, String line) throws CommandFailure {
        JsonNode row;
        try {
            row = MAPPER.readTree(line);
        } catch (IOException malformed) {
            throw CommandFailure.usage(place + " is no JSON object");
        }
        String topic = row.path("topic").asText();
        if (topic.isEmpty()) {
            throw CommandFailure.usage(place + " has no \"topic\": export whole rows of the table rejected");
        }
        String rejected = Names.rejectedTopic("");
        return row.path("stage").asText().equals("source") && topic.endsWith(rejected)
                ? topic.substring(0, topic.length() - rejected.length())
                : topic;
    }
}

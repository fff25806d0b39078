package io.tributary.sandbox.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tributary.sandbox.cli.sql.Query;
import io.tributary.sandbox.cli.sql.QueryFailure;
import io.tributary.sandbox.cli.sql.Trino;
import io.tributary.sandbox.cli.stack.Installation;
import io.tributary.sandbox.cli.stack.Names;
import io.tributary.sandbox.cli.stack.Pipelines;
import io.tributary.sandbox.cli.stack.Server;
import io.tributary.sandbox.cli.stack.Workspace;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import java.util.TreeSet;

/** Files of rejects, one JSON object a line, as the lake's table has them. Used by the command's thread. */
record RejectExport(Installation installation, Workspace workspace, Pipelines pipelines) {
    private static final String CATALOG = "awsdatacatalog";
    private static final String SCHEMA = "lake";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** What is to stand in a file. */
    interface Content {
        /** Writes it, and tells how many lines it is. */
        long write(Query.Sink<CommandFailure> sink) throws Exception;
    }

    /** Refuses a file that is there: it may hold what somebody corrected by hand. */
    static void refuseExisting(Path file) throws CommandFailure {
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            throw CommandFailure.usage(
                    file + " exists already: it may hold corrections; name another file, or remove this one");
        }
    }

    /** Writes what a query finds to a file that is not there yet, and tells how many lines that is. */
    long write(String query, Path file) throws Exception {
        return save(file, sink -> ask(query, sink));
    }

    /** The file appears when it is whole; nothing is left of one that failed. */
    static long save(Path file, Content content) throws Exception {
        refuseExisting(file);
        Path partial = file.resolveSibling(file.getFileName() + ".partial");
        try {
            long lines;
            try (BufferedWriter writer =
                    writing(file, () -> Files.newBufferedWriter(partial, StandardCharsets.UTF_8))) {
                lines = content.write(text -> writing(file, () -> writer.append(text)));
            }
            refuseExisting(file);
            writing(file, () -> Files.move(partial, file));
            return lines;
        } finally {
            Files.deleteIfExists(partial);
        }
    }

    private interface Writing<T> {
        T run() throws IOException;
    }

    private static <T> T writing(Path file, Writing<T> step) throws CommandFailure {
        try {
            return step.run();
        } catch (IOException e) {
            throw CommandFailure.failed(file + " cannot be written: " + e.getMessage());
        }
    }

    private long ask(String query, Query.Sink<CommandFailure> sink) throws Exception {
        try {
            return new Access(installation, workspace, pipelines, Terminal.err())
                    .with(
                            "tributary redrive",
                            EnumSet.of(Server.S3, Server.CATALOG, Server.SQL),
                            (endpoints, patience) -> Query.stream(
                                    new Trino(endpoints.sql().orElseThrow(), CATALOG, SCHEMA), query, sink));
        } catch (QueryFailure refused) {
            if (refused.isOfNoTable()) {
                return 0;
            }
            throw CommandFailure.usage(String.join(" ", refused.lines(query)));
        }
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

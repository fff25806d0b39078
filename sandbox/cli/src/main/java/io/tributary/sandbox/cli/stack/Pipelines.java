package io.tributary.sandbox.cli.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.sandbox.cli.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * All pipelines that a data directory knows, kept in a file beside the data, so that every command stages, merges and
 * audits all of them. Immutable.
 *
 * @param all in the order in which they were first run
 */
public record Pipelines(List<Pipeline> all) {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    public Pipelines {
        all = List.copyOf(all);
    }

    /** Those of a data directory. */
    public static Pipelines of(Workspace workspace) throws CommandFailure {
        Path file = file(workspace);
        if (!Files.exists(file)) {
            return new Pipelines(List.of());
        }
        List<Pipeline> all = new ArrayList<>();
        try {
            for (JsonNode node : MAPPER.readTree(file.toFile())) {
                List<String> key = new ArrayList<>();
                node.path("key").forEach(column -> key.add(column.asText()));
                all.add(new Pipeline(
                        node.path("topic").asText(),
                        node.path("table").asText(),
                        Mode.valueOf(node.path("mode").asText().toUpperCase(Locale.ROOT)),
                        key,
                        node.path("statuses").asBoolean()));
            }
        } catch (IOException | IllegalArgumentException e) {
            throw CommandFailure.failed(file + " cannot be read: " + e.getMessage());
        }
        return new Pipelines(all);
    }

    /** Whether there is none. */
    public boolean isEmpty() {
        return all.isEmpty();
    }

    /** The topics. */
    public List<String> topics() {
        return all.stream().map(Pipeline::topic).toList();
    }

    /**
     * These and one more.
     *
     * @throws CommandFailure if it contradicts what was done before in this data directory
     */
    public Pipelines with(Pipeline added) throws CommandFailure {
        if (all.contains(added)) {
            return this;
        }
        Optional<Pipeline> sameTable = all.stream()
                .filter(known -> known.table().equals(added.table()))
                .findFirst();
        if (sameTable.isPresent()) {
            throw CommandFailure.usage("table " + added.table() + " is there already, "
                    + describe(sameTable.get()) + "; this would be " + describe(added)
                    + ": choose another --topic, or another --data directory");
        }
        Optional<Pipeline> sameTopic = all.stream()
                .filter(known -> known.topic().equals(added.topic()))
                .findFirst();
        if (sameTopic.isPresent()) {
            throw CommandFailure.usage("topic " + added.topic() + " feeds table "
                    + sameTopic.get().table() + " already; choose another --topic, or another --data directory");
        }
        List<Pipeline> more = new ArrayList<>(all);
        more.add(added);
        return new Pipelines(more);
    }

    /** Writes them down. */
    public void save(Workspace workspace) throws IOException {
        ArrayNode array = MAPPER.createArrayNode();
        for (Pipeline pipeline : all) {
            ObjectNode one = array.addObject()
                    .put("topic", pipeline.topic())
                    .put("table", pipeline.table())
                    .put("mode", pipeline.mode().label());
            if (pipeline.statuses()) {
                one.put("statuses", true);
            }
            ArrayNode key = one.putArray("key");
            pipeline.key().forEach(key::add);
        }
        PrivateFile.write(file(workspace), array.toPrettyString() + "\n");
    }

    private static String describe(Pipeline pipeline) {
        return "fed from topic " + pipeline.topic() + " in mode "
                + pipeline.mode().label() + " " + keyed(pipeline.key());
    }

    private static String keyed(List<String> key) {
        return key.isEmpty() ? "without a key" : "with the key " + String.join(",", key);
    }

    private static Path file(Workspace workspace) {
        return workspace.root().resolve("pipelines.json");
    }
}

package io.tributary.producer.source.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.producer.source.dataset.csv.Column;
import io.tributary.producer.source.dataset.csv.ColumnType;
import io.tributary.producer.source.dataset.csv.Header;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The types of the source's columns: declared, or established once from the values and kept in the checkpoint from then
 * on. Confined to one thread.
 */
final class ColumnTypes {
    private static final int FORMAT = 1;

    private final Map<String, ColumnType> declared;
    private final Map<String, ColumnType> established = new LinkedHashMap<>();

    ColumnTypes(Map<String, ColumnType> declared) {
        this.declared = declared;
    }

    /** Takes what the checkpoint says; nothing is established if there is none. */
    void restore(JsonNode position) {
        established.clear();
        if (position.isNull() || position.isMissingNode()) {
            return;
        }
        if (position.path("format").asInt() != FORMAT) {
            throw new IllegalArgumentException("the source's position has format " + position.path("format")
                    + "; this version reads " + FORMAT + ": upgrade before starting this source");
        }
        position.path("types")
                .properties()
                .forEach(type -> established.put(
                        type.getKey(), ColumnType.of(type.getValue().asText()).orElse(ColumnType.TEXT)));
    }

    JsonNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("kind", "dataset").put("format", FORMAT);
        ObjectNode types = json.putObject("types");
        established.forEach((column, type) -> types.put(column, type.label()));
        return json;
    }

    void establish(String column, ColumnType type) {
        established.putIfAbsent(column, type);
    }

    /** Those columns of a header whose type is not known. */
    List<String> unknown(Header header) {
        return header.names().stream()
                .filter(name -> !declared.containsKey(name) && !established.containsKey(name))
                .toList();
    }

    /** The columns of a file. One that has only had nulls so far is text for now. */
    List<Column> columns(Header header) {
        return header.names().stream()
                .map(name -> declared.containsKey(name)
                        ? new Column(name, declared.getOrDefault(name, ColumnType.TEXT), Column.Origin.DECLARED)
                        : new Column(
                                name,
                                established.getOrDefault(name, ColumnType.TEXT),
                                established.containsKey(name) ? Column.Origin.ESTABLISHED : Column.Origin.UNKNOWN))
                .toList();
    }

    @Override
    public String toString() {
        return established.toString();
    }
}

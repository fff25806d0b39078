package io.tributary.sandbox.cli.sql;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Makes objects of what Trino sends as arrays: values of row types, whose names are in the column's signature.
 * Stateless.
 */
final class FieldNames {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private FieldNames() {}

    /**
     * The value with its fields' names, at any depth. A field without a name is {@code field0}, {@code field1} and so on,
     * by its place; of a name that comes again the second is {@code name_2}.
     *
     * @param signature {@code typeSignature} as Trino sends it with a column
     */
    static JsonNode in(JsonNode signature, JsonNode value) {
        if (value.isNull()) {
            return value;
        }
        JsonNode arguments = signature.path("arguments");
        return switch (signature.path("rawType").asText()) {
            case "row" -> row(arguments, value);
            case "array" -> array(arguments.path(0).path("value"), value);
            case "map" -> map(arguments.path(1).path("value"), value);
            default -> value;
        };
    }

    private static JsonNode row(JsonNode fields, JsonNode values) {
        List<String> names = new ArrayList<>();
        for (int at = 0; at < values.size(); at++) {
            names.add(
                    fields.path(at).path("value").path("fieldName").path("name").asText("field" + at));
        }
        List<String> keys = Answer.unique(names);
        ObjectNode object = JSON.objectNode();
        for (int at = 0; at < values.size(); at++) {
            object.set(keys.get(at), in(fields.path(at).path("value").path("typeSignature"), values.get(at)));
        }
        return object;
    }

    private static JsonNode array(JsonNode element, JsonNode values) {
        ArrayNode array = JSON.arrayNode(values.size());
        values.forEach(value -> array.add(in(element, value)));
        return array;
    }

    private static JsonNode map(JsonNode type, JsonNode entries) {
        ObjectNode object = JSON.objectNode();
        for (Map.Entry<String, JsonNode> entry : entries.properties()) {
            object.set(entry.getKey(), in(type, entry.getValue()));
        }
        return object;
    }
}

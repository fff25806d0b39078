package io.tributary.sandbox.cli.sql;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Makes objects of what Trino sends as arrays: values of row types, whose names are in the column's signature.
 * Stateless.
 */
final class FieldNames {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private FieldNames() {}

    /**
     * What gives a column's values their fields' names, at any depth. A field without a name is {@code field0}, {@code
     * field1} and so on, by its place; of a name that comes again the second is {@code name_2}.
     *
     * @param signature {@code typeSignature} as Trino sends it with a column
     */
    static UnaryOperator<JsonNode> of(JsonNode signature) {
        JsonNode arguments = signature.path("arguments");
        UnaryOperator<JsonNode> naming = switch (signature.path("rawType").asText()) {
            case "row" -> row(arguments);
            case "array" -> array(of(arguments.path(0).path("value")));
            case "map" -> map(of(arguments.path(1).path("value")));
            default -> UnaryOperator.identity();
        };
        return value -> value.isNull() ? value : naming.apply(value);
    }

    private static UnaryOperator<JsonNode> row(JsonNode fields) {
        List<String> names = new ArrayList<>();
        List<UnaryOperator<JsonNode>> types = new ArrayList<>();
        for (JsonNode argument : fields) {
            JsonNode field = argument.path("value");
            names.add(field.path("fieldName").path("name").asText("field" + names.size()));
            types.add(of(field.path("typeSignature")));
        }
        List<String> keys = Answer.unique(names);
        return values -> {
            ObjectNode object = JSON.objectNode();
            for (int at = 0; at < keys.size(); at++) {
                object.set(keys.get(at), types.get(at).apply(values.get(at)));
            }
            return object;
        };
    }

    private static UnaryOperator<JsonNode> array(UnaryOperator<JsonNode> element) {
        return values -> {
            ArrayNode array = JSON.arrayNode(values.size());
            values.forEach(value -> array.add(element.apply(value)));
            return array;
        };
    }

    private static UnaryOperator<JsonNode> map(UnaryOperator<JsonNode> type) {
        return entries -> {
            ObjectNode object = JSON.objectNode();
            for (Map.Entry<String, JsonNode> entry : entries.properties()) {
                object.set(entry.getKey(), type.apply(entry.getValue()));
            }
            return object;
        };
    }
}

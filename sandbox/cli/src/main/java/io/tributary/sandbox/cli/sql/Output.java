package io.tributary.sandbox.cli.sql;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.sandbox.cli.console.Text;
import io.tributary.sandbox.cli.console.TextTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The forms in which an answer can be printed. */
public enum Output {
    /** Aligned columns. */
    TABLE {
        @Override
        String print(Answer answer) {
            List<String> names =
                    answer.columns().stream().map(Answer.Column::name).toList();
            TextTable table = new TextTable(names, WIDEST);
            for (int column = 0; column < names.size(); column++) {
                if (answer.columns().get(column).isNumber()) {
                    table.right(column);
                }
            }
            for (List<JsonNode> row : answer.rows()) {
                table.row(row.stream()
                        .map(value -> value.isNull() ? "NULL" : plain(value))
                        .toList());
            }
            List<String> lines = new ArrayList<>(table.lines());
            lines.add("(" + Text.count(answer.rows().size(), "row") + ")");
            return String.join("\n", lines) + "\n";
        }
    },
    /** RFC 4180, but for the line ends, which are those of this system's tools; null and empty text differ by quotes. */
    CSV {
        @Override
        String print(Answer answer) {
            StringBuilder text = new StringBuilder();
            text.append(answer.columns().stream()
                            .map(column -> quoted(column.name()))
                            .collect(Collectors.joining(",")))
                    .append('\n');
            for (List<JsonNode> row : answer.rows()) {
                text.append(row.stream()
                                .map(value -> value.isNull() ? "" : quoted(plain(value)))
                                .collect(Collectors.joining(",")))
                        .append('\n');
            }
            return text.toString();
        }
    },
    /** An object on each line. */
    NDJSON {
        @Override
        String print(Answer answer) {
            StringBuilder text = new StringBuilder();
            answer.rows().forEach(row -> text.append(object(answer, row)).append('\n'));
            return text.toString();
        }
    },
    /** An array of objects. */
    JSON {
        @Override
        String print(Answer answer) {
            StringBuilder text = new StringBuilder("[");
            String separator = "\n";
            for (List<JsonNode> row : answer.rows()) {
                text.append(separator).append(object(answer, row));
                separator = ",\n";
            }
            return text.append("\n]\n").toString();
        }
    };

    private static final int WIDEST = 60;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The answer as text, with its last line feed. */
    abstract String print(Answer answer);

    private static ObjectNode object(Answer answer, List<JsonNode> row) {
        ObjectNode object = MAPPER.createObjectNode();
        List<String> names = answer.keys();
        for (int column = 0; column < row.size(); column++) {
            object.set(names.get(column), row.get(column));
        }
        return object;
    }

    private static String plain(JsonNode value) {
        return value.isContainerNode() ? value.toString() : value.asText();
    }

    private static String quoted(String text) {
        boolean plain = !text.isEmpty() && text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}

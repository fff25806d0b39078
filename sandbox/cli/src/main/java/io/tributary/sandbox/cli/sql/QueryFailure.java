package io.tributary.sandbox.cli.sql;

import java.io.Serial;
import java.util.ArrayList;
import java.util.List;

/** The engine refused a query: its own message, and where in the query. */
public final class QueryFailure extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    private final int line;
    private final int column;

    QueryFailure(String message, int line, int column) {
        super(message);
        this.line = line;
        this.column = column;
    }

    /** The message, and the line of the query with a caret under the position. */
    public List<String> lines(String query) {
        List<String> lines = new ArrayList<>();
        String message = String.valueOf(getMessage());
        lines.add(line > 0 && !message.startsWith("line ") ? "line " + line + ":" + column + ": " + message : message);
        List<String> source = query.lines().toList();
        if (line > 0 && line <= source.size()) {
            String text = source.get(line - 1);
            lines.add("  " + text);
            lines.add("  " + " ".repeat(Math.max(0, Math.min(column - 1, text.length()))) + "^");
        }
        return lines;
    }
}

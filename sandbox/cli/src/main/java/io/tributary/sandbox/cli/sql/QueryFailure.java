package io.tributary.sandbox.cli.sql;

import java.io.Serial;
import java.util.ArrayList;
import java.util.List;

/** The engine refused a query: its own message, and where in the query. */
public final class QueryFailure extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    private static final String NO_TABLE = "TABLE_NOT_FOUND";

    private final String name;
    private final int line;
    private final int column;

    /**
     * A failure.
     *
     * @param name the engine's name for this kind of error, such as {@code TABLE_NOT_FOUND}
     */
    QueryFailure(String name, String message, int line, int column) {
        super(message);
        this.name = name;
        this.line = line;
        this.column = column;
    }

    /** Whether the query names a table that is not there. */
    public boolean isOfNoTable() {
        return name.equals(NO_TABLE);
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

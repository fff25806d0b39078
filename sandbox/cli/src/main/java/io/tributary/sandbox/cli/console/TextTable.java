package io.tributary.sandbox.cli.console;

import java.util.ArrayList;
import java.util.List;

/** Rows in aligned columns. Built by one thread. */
public final class TextTable {
    private static final String GAP = "  ";
    private static final int FIRST_WIDE = 0x1100;
    private static final int FIRST_PICTOGRAPH = 0x1F300;

    private final List<String> head;
    private final List<List<String>> rows = new ArrayList<>();
    private final List<Boolean> right;
    private final int widest;

    /**
     * A table without rows.
     *
     * @param head   the columns' names
     * @param widest the most characters of a cell that are shown
     */
    public TextTable(List<String> head, int widest) {
        this.head = head.stream().map(name -> Text.shorten(name, widest)).toList();
        this.widest = widest;
        right = new ArrayList<>(head.stream().map(name -> false).toList());
    }

    /** Aligns a column of numbers. */
    public TextTable right(int column) {
        right.set(column, true);
        return this;
    }

    /** Adds a row, with as many cells as there are columns. */
    public TextTable row(List<String> cells) {
        rows.add(cells.stream().map(cell -> Text.shorten(cell, widest)).toList());
        return this;
    }

    /** Its lines, the head first. */
    public List<String> lines() {
        int[] widths = new int[head.size()];
        for (int column = 0; column < widths.length; column++) {
            widths[column] = width(head.get(column));
            for (List<String> row : rows) {
                widths[column] = Math.max(widths[column], width(row.get(column)));
            }
        }
        List<String> lines = new ArrayList<>();
        lines.add(line(head, widths));
        rows.forEach(row -> lines.add(line(row, widths)));
        return lines;
    }

    private String line(List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            String padding = " ".repeat(widths[column] - width(cells.get(column)));
            line.append(column == 0 ? "" : GAP);
            line.append(right.get(column) ? padding + cells.get(column) : cells.get(column) + padding);
        }
        return line.toString().stripTrailing();
    }

    private static int width(String text) {
        return text.codePoints().map(TextTable::cells).sum();
    }

    /** How many cells of a terminal a character takes: two where it is East Asian or a pictograph. */
    private static int cells(int codePoint) {
        if (codePoint < FIRST_WIDE) {
            return 1;
        }
        return switch (Character.UnicodeScript.of(codePoint)) {
            case HAN, HIRAGANA, KATAKANA, HANGUL -> 2;
            default -> codePoint >= FIRST_PICTOGRAPH ? 2 : 1;
        };
    }
}

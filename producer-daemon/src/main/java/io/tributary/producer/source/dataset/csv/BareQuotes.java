package io.tributary.producer.source.dataset.csv;

import java.util.ArrayList;
import java.util.List;

/** Splits rows in which quotes stand where none should. */
final class BareQuotes {
    private BareQuotes() {}

    /** The fields of a row as they are written: those that begin with a quote keep their quotes. */
    static List<String> split(String row, char delimiter, char quote) {
        List<String> pieces = new ArrayList<>();
        int start = 0;
        while (true) {
            int end = start < row.length() && row.charAt(start) == quote
                    ? endOfQuoted(row, start, quote)
                    : endOfUnquoted(row, start, delimiter);
            pieces.add(row.substring(start, end));
            if (end == row.length()) {
                return pieces;
            }
            start = end + 1;
        }
    }

    private static int endOfUnquoted(String row, int start, char delimiter) {
        int end = row.indexOf(delimiter, start);
        return end < 0 ? row.length() : end;
    }

    /** The row's form is known: what closes the field is followed by a delimiter or by nothing. */
    private static int endOfQuoted(String row, int start, char quote) {
        int at = start + 1;
        while (true) {
            int close = row.indexOf(quote, at);
            if (close < 0 || close + 1 >= row.length()) {
                return row.length();
            }
            if (row.charAt(close + 1) != quote) {
                return close + 1;
            }
            at = close + 2;
        }
    }
}

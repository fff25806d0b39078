package io.tributary.sandbox.cli.sql;

import java.io.IOException;

/** One question and its printed answer. Stateless. */
public final class Query {
    private Query() {}

    /**
     * Asks.
     *
     * @return the answer as text
     * @throws QueryFailure if the engine refuses the query
     */
    public static String answer(Trino trino, String query, Output output) throws IOException, QueryFailure {
        return output.print(trino.ask(statement(query)));
    }

    /** Takes text as it comes. */
    public interface Sink<E extends Exception> {
        /** Takes whole lines. */
        void write(String lines) throws E;
    }

    /**
     * Asks, and hands on an object a line for each row as they come: the answer may be larger than memory.
     *
     * @return how many rows
     * @throws QueryFailure if the engine refuses the query
     */
    public static <E extends Exception> long stream(Trino trino, String query, Sink<E> sink)
            throws IOException, QueryFailure, E {
        long[] rows = {0};
        Trino.Pages<E> pages = page -> {
            rows[0] += page.rows().size();
            sink.write(Output.NDJSON.print(page));
        };
        trino.ask(statement(query), pages);
        return rows[0];
    }

    private static String statement(String query) {
        return query.strip().replaceFirst(";+$", "");
    }
}

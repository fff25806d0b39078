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
        String statement = query.strip().replaceFirst(";+$", "");
        return output.print(trino.ask(statement));
    }
}

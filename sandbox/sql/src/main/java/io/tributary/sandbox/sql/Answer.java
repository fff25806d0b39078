package io.tributary.sandbox.sql;

import io.trino.client.QueryError;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the engine answered. Immutable.
 *
 * @param columns name and type of each
 * @param rows    a value for each column, as Trino's protocol has them: decimals and times are texts
 * @param error   why there is no answer
 */
record Answer(
        List<String> columns,
        List<List<@Nullable Object>> rows,
        @Nullable QueryError error) {}

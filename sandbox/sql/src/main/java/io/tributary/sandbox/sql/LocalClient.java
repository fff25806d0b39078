package io.tributary.sandbox.sql;

import io.trino.client.ClientCapabilities;
import io.trino.client.ClientSession;
import io.trino.client.QueryStatusInfo;
import io.trino.client.StatementClient;
import io.trino.client.StatementClientFactory;
import java.net.URI;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/** Asks a server on this machine, by Trino's own client. Thread-safe. */
final class LocalClient implements AutoCloseable {
    /** What this client understands; without it, times are cut to milliseconds. */
    private static final Optional<Set<String>> CAPABILITIES = Optional.of(
            Arrays.stream(ClientCapabilities.values()).map(Enum::name).collect(Collectors.toSet()));

    private final OkHttpClient http = new OkHttpClient();
    private final ClientSession session;

    LocalClient(int port, String catalog, String schema) {
        this.session = ClientSession.builder()
                .server(URI.create("http://127.0.0.1:" + port))
                .principal(Optional.of("sandbox"))
                .source("sandbox")
                .catalog(catalog)
                .schema(schema)
                .timeZone(ZoneOffset.UTC)
                .build();
    }

    /** The whole answer, held in memory. */
    Answer ask(String sql) {
        try (StatementClient statement = StatementClientFactory.newStatementClient(http, session, sql, CAPABILITIES)) {
            List<List<@Nullable Object>> rows = new ArrayList<>();
            while (statement.isRunning()) {
                @Nullable Iterable<List<Object>> page = statement.currentData().getData();
                if (page != null) {
                    page.forEach(rows::add);
                }
                statement.advance();
            }
            QueryStatusInfo end = statement.finalStatusInfo();
            return new Answer(columns(end), rows, end.getError());
        }
    }

    @Override
    public void close() {
        http.dispatcher().executorService().shutdown();
        http.connectionPool().evictAll();
    }

    private static List<String> columns(QueryStatusInfo status) {
        return status.getColumns() == null
                ? List.of()
                : status.getColumns().stream()
                        .map(column -> column.getName() + " " + column.getType())
                        .toList();
    }
}

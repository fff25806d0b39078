package io.tributary.sandbox.cli.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class QueryTest {
    private static final String COLUMNS = "\"columns\":[{\"name\":\"n\",\"type\":\"bigint\"}]";

    private final HttpServer server = server();
    private final List<String> pages = new ArrayList<>();
    private final AtomicInteger asked = new AtomicInteger();

    @BeforeEach
    void serve() {
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void rowsAreHandedOnPageByPageBeforeTheNextPageIsAskedFor() throws Exception {
        pages.add("");
        pages.add(COLUMNS + ",\"data\":[[1],[2]]");
        pages.add(COLUMNS + ",\"data\":[[3]]");
        List<String> seen = new ArrayList<>();
        Query.Sink<RuntimeException> sink = lines -> {
            if (!lines.isEmpty()) {
                seen.add(asked.get() + " " + lines);
            }
        };

        long rows = Query.stream(trino(), "SELECT n FROM t;", sink);

        assertThat(rows).isEqualTo(3);
        assertThat(seen).containsExactly("2 {\"n\":1}\n{\"n\":2}\n", "3 {\"n\":3}\n");
    }

    @Test
    void aWholeAnswerIsAllPages() throws Exception {
        pages.add(COLUMNS);
        pages.add(COLUMNS + ",\"data\":[[1]]");
        pages.add(COLUMNS + ",\"data\":[[2]]");

        assertThat(Query.answer(trino(), "SELECT n FROM t", Output.CSV)).isEqualTo("n\n1\n2\n");
    }

    @Test
    void aQueryThatIsRefusedLateHandsOnWhatCameBefore() {
        pages.add(COLUMNS + ",\"data\":[[1]]");
        pages.add("\"error\":{\"message\":\"Division by zero\"}");
        List<String> seen = new ArrayList<>();
        Query.Sink<RuntimeException> sink = seen::add;

        assertThatThrownBy(() -> Query.stream(trino(), "SELECT n FROM t", sink))
                .isInstanceOf(QueryFailure.class)
                .hasMessage("Division by zero");
        assertThat(seen).containsExactly("{\"n\":1}\n");
    }

    private Trino trino() {
        return new Trino(address(), "c", "s");
    }

    private String address() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        int page = asked.getAndIncrement();
        String next = page + 1 < pages.size() ? "\"nextUri\":\"http://" + address() + "/next\"" : "";
        String separator = next.isEmpty() || pages.get(page).isEmpty() ? "" : ",";
        byte[] body = ("{" + pages.get(page) + separator + next + "}").getBytes(StandardCharsets.UTF_8);
        exchange.getRequestBody().readAllBytes();
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static HttpServer server() {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}

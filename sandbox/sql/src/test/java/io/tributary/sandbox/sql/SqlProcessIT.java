package io.tributary.sandbox.sql;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.testing.JavaCommand;
import io.tributary.testing.JavaProcess;
import io.tributary.testing.ListeningSockets;
import io.tributary.testing.S3Process;
import io.tributary.testing.SandboxProcesses;
import io.tributary.testing.SandboxServer;
import io.tributary.testing.UniqueName;
import io.trino.client.QueryError;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** One server for all: it boots before the lake has a schema and sees what is written later. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SqlProcessIT {
    private static final Duration SOON = Duration.ofSeconds(60);

    private LakeFixture lake;
    private SandboxServer sql;
    private LocalClient client;

    @BeforeAll
    void start(@TempDir Path directory) throws Exception {
        lake = LakeFixture.start(UniqueName.of("lake"), directory);
        sql = SandboxServer.start(command().arguments("--catalog-jdbc", lake.jdbcUrl()));
        client = new LocalClient(sql.port(), "awsdatacatalog", "lake");
    }

    @AfterAll
    void stop() {
        client.close();
        sql.process().close();
        lake.close();
    }

    @Test
    @Order(1)
    void saysThatThereIsNoLakeYet() {
        assertThat(ask("SELECT 1 AS one")).containsExactly(List.of(1));
        assertThat(failure("SELECT * FROM orders"))
                .returns("line 1:15: Schema 'lake' does not exist", QueryError::getMessage)
                .returns("SCHEMA_NOT_FOUND", QueryError::getErrorName);
    }

    @Test
    @Order(2)
    void listensOnLoopbackOnly() throws Exception {
        assertThat(ListeningSockets.of(sql.process().pid()))
                .isNotEmpty()
                .allMatch(socket -> socket.getAddress().isLoopbackAddress())
                .anyMatch(socket -> socket.getPort() == sql.port());
    }

    @Test
    @Order(3)
    void readsWhatWasCommittedSinceTheLastQuery() throws Exception {
        lake.createOrders();
        assertThat(ask("SELECT count(*) FROM orders")).containsExactly(List.of(0L));

        lake.append(List.of(row("A", 0, "1.50"), row("B", 1, "2.25")));
        Answer answer = client.ask("SELECT _key, _offset, price FROM orders ORDER BY _offset");
        assertThat(answer.columns()).containsExactly("_key varchar", "_offset bigint", "price decimal(10, 2)");
        assertThat(answer.rows()).containsExactly(List.of("A", 0L, "1.50"), List.of("B", 1L, "2.25"));

        lake.append(List.of(row("C", 2, "3.00")));
        assertThat(ask("SELECT count(*), count(DISTINCT _key) FROM orders")).containsExactly(List.of(3L, 3L));
    }

    @Test
    @Order(4)
    void showsSnapshotsAndTravelsInTime() {
        assertThat(ask("SELECT operation, summary['tributary.watermark'] FROM \"orders$snapshots\""))
                .containsExactly(List.of("append", "{}"), List.of("append", "{}"));
        List<@Nullable Object> first =
                ask("SELECT min(committed_at) FROM \"orders$snapshots\"").get(0);
        assertThat(ask("SELECT count(*) FROM orders FOR TIMESTAMP AS OF TIMESTAMP '" + first.get(0) + "'"))
                .containsExactly(List.of(2L));
    }

    @Test
    @Order(4)
    void speaksAthenasDialect() {
        assertThat(ask("WITH big AS (SELECT * FROM orders WHERE price > 2) SELECT sum(price) FROM big"))
                .containsExactly(List.of("5.25"));
        assertThat(ask("SELECT json_extract_scalar(payload, '$.tag'), approx_distinct(_key) FROM orders GROUP BY 1"))
                .containsExactly(List.of("x", 3L));
        assertThat(ask("SELECT date_add('day', 1, date '2024-02-28'), from_iso8601_timestamp('2024-01-01T00:00:00Z')"))
                .containsExactly(List.of("2024-02-29", "2024-01-01 00:00:00.000 UTC"));
        assertThat(ask("SELECT TIMESTAMP '2024-01-01 00:00:00.123456'"))
                .containsExactly(List.of("2024-01-01 00:00:00.123456"));
        assertThat(ask("SELECT t FROM UNNEST(split('a,b', ',')) AS u (t)")).containsExactly(List.of("a"), List.of("b"));
    }

    @Test
    @Order(4)
    void namesThePositionOfAMistake() {
        QueryError failure = failure("SELECT\n  nope FROM orders");

        assertThat(failure.getMessage()).isEqualTo("line 2:3: Column 'nope' cannot be resolved");
        assertThat(failure.getErrorLocation().getLineNumber()).isEqualTo(2);
        assertThat(failure.getErrorLocation().getColumnNumber()).isEqualTo(3);
        assertThat(failure("SELEC 1").getMessage()).startsWith("line 1:1: mismatched input 'SELEC'");
    }

    @Test
    @Order(4)
    void leavesWritingToTheMerge() {
        assertThat(failure("DELETE FROM orders WHERE _key = 'A'").getMessage())
                .isEqualTo("Access Denied: Cannot delete from table lake.orders");
    }

    @Test
    @Order(5)
    void stopsCleanly() {
        assertThat(sql.process().stop()).isZero();
        assertThat(sql.process().stdout()).containsExactly("ready {\"name\":\"sql\",\"port\":" + sql.port() + "}");
    }

    @Test
    @Order(6)
    void saysThatTheCatalogDoesNotAnswer() {
        String nowhere = "jdbc:h2:tcp://127.0.0.1:1/./lake;DATABASE_TO_UPPER=FALSE;USER=sa;PASSWORD=";
        try (JavaProcess broken = command().arguments("--catalog-jdbc", nowhere).start()) {
            assertThat(broken.exitCode(SOON)).isEqualTo(1);
            assertThat(broken.stderr())
                    .singleElement()
                    .asString()
                    .startsWith("sql: the catalog at jdbc:h2:tcp://127.0.0.1:1/./lake does not answer: ");
        }
    }

    private JavaCommand command() {
        return SandboxServer.command("sql", "io.tributary.sandbox.sql.SqlMain")
                .arguments("--warehouse", lake.warehouse(), "--port", "0", "--stop-with-stdin", "--warm-up")
                .arguments("--s3-endpoint", SandboxProcesses.s3().endpoint().toString())
                .arguments("--s3-access-key", S3Process.ACCESS_KEY, "--s3-secret-key-env", "SECRET")
                .environment("SECRET", S3Process.SECRET_KEY);
    }

    /** The rows of the answer, each as its values. */
    private List<List<@Nullable Object>> ask(String query) {
        Answer answer = client.ask(query);
        assertThat(answer.error()).isNull();
        return answer.rows();
    }

    private QueryError failure(String query) {
        return requireNonNull(client.ask(query).error());
    }

    private static Map<String, Object> row(String key, long offset, String price) {
        return Map.of("_key", key, "_offset", offset, "price", new BigDecimal(price), "payload", "{\"tag\":\"x\"}");
    }
}

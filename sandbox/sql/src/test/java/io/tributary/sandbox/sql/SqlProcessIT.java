package io.tributary.sandbox.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tributary.sandbox.sql.client.Column;
import io.tributary.sandbox.sql.client.QueryFailedException;
import io.tributary.sandbox.sql.client.TrinoClient;
import io.tributary.testing.JavaCommand;
import io.tributary.testing.JavaProcess;
import io.tributary.testing.ListeningSockets;
import io.tributary.testing.S3Process;
import io.tributary.testing.SandboxProcesses;
import io.tributary.testing.SandboxServer;
import io.tributary.testing.UniqueName;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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
    private TrinoClient client;

    @BeforeAll
    void start(@TempDir Path directory) throws Exception {
        lake = LakeFixture.start(UniqueName.of("lake"), directory);
        sql = SandboxServer.start(command().arguments("--catalog-jdbc", lake.jdbcUrl()));
        client = new TrinoClient("127.0.0.1:" + sql.port(), "awsdatacatalog", "lake");
    }

    @AfterAll
    void stop() {
        sql.process().close();
        lake.close();
    }

    @Test
    @Order(1)
    void saysThatThereIsNoLakeYet() throws Exception {
        assertThat(ask("SELECT 1 AS one").rows()).containsExactly("[1]");
        assertThat(failure("SELECT * FROM orders"))
                .hasMessage("line 1:15: Schema 'lake' does not exist")
                .returns("SCHEMA_NOT_FOUND", QueryFailedException::errorName);
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
        assertThat(ask("SELECT count(*) FROM orders").rows()).containsExactly("[0]");

        lake.append(List.of(row("A", 0, "1.50"), row("B", 1, "2.25")));
        Answer answer = ask("SELECT _key, _offset, price FROM orders ORDER BY _offset");
        assertThat(answer.columns())
                .containsExactly(
                        new Column("_key", "varchar"),
                        new Column("_offset", "bigint"),
                        new Column("price", "decimal(10, 2)"));
        assertThat(answer.rows()).containsExactly("[\"A\",0,\"1.50\"]", "[\"B\",1,\"2.25\"]");

        lake.append(List.of(row("C", 2, "3.00")));
        assertThat(ask("SELECT count(*), count(DISTINCT _key) FROM orders").rows())
                .containsExactly("[3,3]");
    }

    @Test
    @Order(4)
    void showsSnapshotsAndTravelsInTime() throws Exception {
        assertThat(ask("SELECT operation, summary['tributary.watermark'] FROM \"orders$snapshots\"")
                        .rows())
                .containsExactly("[\"append\",\"{}\"]", "[\"append\",\"{}\"]");
        String first =
                ask("SELECT min(committed_at) FROM \"orders$snapshots\"").rows().get(0);
        String instant = first.substring(2, first.length() - 2);
        assertThat(ask("SELECT count(*) FROM orders FOR TIMESTAMP AS OF TIMESTAMP '" + instant + "'")
                        .rows())
                .containsExactly("[2]");
    }

    @Test
    @Order(4)
    void speaksAthenasDialect() throws Exception {
        assertThat(ask("WITH big AS (SELECT * FROM orders WHERE price > 2) SELECT sum(price) FROM big")
                        .rows())
                .containsExactly("[\"5.25\"]");
        assertThat(ask("SELECT json_extract_scalar(payload, '$.tag'), approx_distinct(_key) FROM orders GROUP BY 1")
                        .rows())
                .containsExactly("[\"x\",3]");
        assertThat(ask("SELECT date_add('day', 1, date '2024-02-28'), from_iso8601_timestamp('2024-01-01T00:00:00Z')")
                        .rows())
                .containsExactly("[\"2024-02-29\",\"2024-01-01 00:00:00.000 UTC\"]");
        assertThat(ask("SELECT t FROM UNNEST(split('a,b', ',')) AS u (t)").rows())
                .containsExactly("[\"a\"]", "[\"b\"]");
    }

    @Test
    @Order(4)
    void namesThePositionOfAMistake() throws Exception {
        QueryFailedException failure = failure("SELECT\n  nope FROM orders");

        assertThat(failure).hasMessage("line 2:3: Column 'nope' cannot be resolved");
        assertThat(failure.line()).hasValue(2);
        assertThat(failure.column()).hasValue(3);
        assertThat(failure("SELEC 1").getMessage()).startsWith("line 1:1: mismatched input 'SELEC'");
    }

    @Test
    @Order(4)
    void leavesWritingToTheMerge() throws Exception {
        assertThat(failure("DELETE FROM orders WHERE _key = 'A'"))
                .hasMessage("Access Denied: Cannot delete from table lake.orders");
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
                .arguments("--warehouse", lake.warehouse(), "--port", "0", "--stop-with-stdin")
                .arguments("--s3-endpoint", SandboxProcesses.s3().endpoint().toString())
                .arguments("--s3-access-key", S3Process.ACCESS_KEY, "--s3-secret-key-env", "SECRET")
                .environment("SECRET", S3Process.SECRET_KEY);
    }

    private Answer ask(String query) throws Exception {
        Answer answer = new Answer();
        client.run(query, answer);
        return answer;
    }

    private QueryFailedException failure(String query) {
        return catchThrowableOfType(QueryFailedException.class, () -> client.run(query, new Answer()));
    }

    private static Map<String, Object> row(String key, long offset, String price) {
        return Map.of("_key", key, "_offset", offset, "price", new BigDecimal(price), "payload", "{\"tag\":\"x\"}");
    }
}

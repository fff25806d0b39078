package io.tributary.sandbox.cli.it;

import static java.util.concurrent.TimeUnit.MINUTES;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tributary.sandbox.cli.process.Leftovers;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** A stack that is kept running, and what a user does beside it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class UpIT {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Pattern MERGED = Pattern.compile("  merged ([0-9,]+) records? in ");

    private final Shell shell;
    private final Shell.Running up;

    UpIT(@TempDir Path directory) throws IOException {
        shell = new Shell(directory);
        Rows.write(shell.directory().resolve("rows.csv"), 1000);
        up = shell.start("up", "rows.csv", "--merge-every", "3s");
    }

    @AfterAll
    void close() throws IOException {
        up.process().destroyForcibly();
        shell.close();
    }

    @Test
    @Order(1)
    void itComesUp() {
        await().atMost(3, MINUTES)
                .until(() -> up.printed().contains("up; merges every 3 s")
                        || !up.process().isAlive());
        assertThat(up.printed()).contains("up; merges every 3 s; Ctrl-C stops it");
    }

    @Test
    @Order(2)
    void sqlUsesItsTrino() throws IOException {
        awaitMerged(1000);
        assertThat(count()).isEqualTo(1000);
    }

    @Test
    @Order(3)
    void appendedRowsArrive() throws IOException {
        Rows.append(shell.directory().resolve("rows.csv"), 1001, 1500);

        awaitMerged(1500);
        assertThat(count()).isEqualTo(1500);
        assertThat(up.printed()).contains("merged 500 records in ");
    }

    @Test
    @Order(4)
    void snapshotsAndThePastCanBeAsked() throws Exception {
        String snapshots = shell.tributary(
                        "sql", "--output", "csv", "SELECT count(*) >= 2 AS several FROM \"rows$snapshots\"")
                .succeeds()
                .out();
        assertThat(snapshots).isEqualTo("several\ntrue\n");
        String history = shell.tributary(
                        "sql", "--output", "json", "SELECT made_current_at FROM \"rows$history\" ORDER BY 1")
                .succeeds()
                .out();
        String first = MAPPER.readTree(history).get(0).path("made_current_at").asText();

        assertThat(shell.tributary(
                                "sql",
                                "--output",
                                "csv",
                                "SELECT count(*) < 1500 AS past FROM rows FOR TIMESTAMP AS OF TIMESTAMP '" + first
                                        + "'")
                        .succeeds()
                        .out())
                .isEqualTo("past\ntrue\n");
    }

    @Test
    @Order(5)
    void aRowIsAnObject() throws IOException {
        assertThat(shell.tributary(
                                "sql",
                                "--output",
                                "ndjson",
                                "SELECT CAST(ROW(1, 'a') AS ROW(x bigint, name varchar)) AS r, ARRAY[ROW(1, 2)] AS rows")
                        .succeeds()
                        .out())
                .isEqualTo("{\"r\":{\"x\":1,\"name\":\"a\"},\"rows\":[{\"field0\":1,\"field1\":2}]}\n");
    }

    @Test
    @Order(5)
    void aWrongQuerySaysWhere() throws IOException {
        Shell.Outcome refused = shell.tributary("sql", "SELECT nme\nFROM rows").failsWith(1);

        assertThat(refused.err()).isEqualTo("line 1:8: Column 'nme' cannot be resolved\n  SELECT nme\n         ^\n");
        assertThat(refused.out()).isEmpty();
    }

    @Test
    @Order(6)
    void statusTellsWhatRuns() throws IOException {
        assertThat(shell.tributary("status").succeeds().out())
                .startsWith("`tributary up` (pid ")
                .containsPattern("kafka +[0-9]+ +127\\.0\\.0\\.1:[0-9]+")
                .containsPattern("sql +[0-9]+ +127\\.0\\.0\\.1:[0-9]+")
                .contains("producer-rows")
                .containsPattern("rows +rows +1,500 +1,500 +0 +1,500");
    }

    @Test
    @Order(7)
    void aRejectOfTheMergeIsPublishedAgainAndNoExportIsLeftBehind() throws IOException {
        Files.writeString(shell.directory().resolve("rows.csv"), "2000,short\n", StandardOpenOption.APPEND);
        await().atMost(1, MINUTES).pollInterval(1, SECONDS).until(() -> rejects("source") == 1);
        shell.tributary("redrive", "--export", "rejects.ndjson").succeeds();
        Path file = shell.directory().resolve("rejects.ndjson");
        Files.writeString(file, Files.readString(file).replaceFirst("}\n$", ",\"value\":{\"id\":\"many\"}}\n"));

        assertThat(shell.tributary("redrive", "rejects.ndjson").succeeds().out())
                .endsWith("the running stack stages and merges them\n");
        await().atMost(1, MINUTES).pollInterval(1, SECONDS).until(() -> rejects("merge") == 1);
        shell.tributary("redrive", "--stage", "merge").succeeds();
        await().atMost(1, MINUTES).pollInterval(1, SECONDS).until(() -> rejects("merge") == 2);

        assertThat(shell.data().resolve("run/redrive.ndjson")).doesNotExist();
        assertThat(count()).isEqualTo(1500);
    }

    @Test
    @Order(8)
    void theAuditIsEqualBesideIt() throws IOException {
        assertThat(shell.tributary("audit").succeeds().out())
                .contains("equal: what was published is in the lake, every record once");
    }

    /** As Athena has them, but for the table; and this lake was not there an hour ago. */
    @Test
    @Order(8)
    void theNamedQueriesOfAthenaAreAnswered() throws IOException {
        List<String> asked = new ArrayList<>();
        try (DirectoryStream<Path> queries =
                Files.newDirectoryStream(Shell.root().resolve("athena"), "*.sql")) {
            for (Path query : queries) {
                asked.add(query.getFileName().toString());
                String text = Files.readString(query)
                        .replace("gauges", "rows")
                        .replace("INTERVAL '1' HOUR", "INTERVAL '1' SECOND");

                assertThat(shell.tributary("sql", "--output", "csv", "--", text)
                                .succeeds()
                                .out()
                                .lines())
                        .as(query.toString())
                        .hasSizeGreaterThan(1);
            }
        }
        assertThat(asked)
                .contains(
                        "freshness.sql", "lag-of-the-lake.sql", "latest-records.sql", "rejects.sql", "time-travel.sql");
    }

    @Test
    @Order(9)
    void theDirectoryIsTaken() throws IOException {
        assertThat(shell.tributary("run", "rows.csv").failsWith(1).err())
                .startsWith("tributary: data directory " + shell.data() + " is in use by `tributary up` (pid ")
                .endsWith("; wait for it, stop it, or choose another with --data DIR\n");
    }

    @Test
    @Order(10)
    void anotherDirectoryRunsBesideIt() throws IOException {
        shell.write("few.csv", "id\n1\n2\n");

        assertThat(shell.tributary("run", "few.csv", "--data", "other")
                        .succeeds()
                        .out())
                .contains("table few: 2 rows")
                .contains("./tributary sql --data other \"SELECT * FROM few LIMIT 10\"");
    }

    @Test
    @Order(11)
    void nothingListensBeyondThisMachine() throws IOException {
        List<ProcessHandle> processes = Leftovers.find(shell.data());

        assertThat(processes).hasSizeGreaterThanOrEqualTo(7);
        assertThat(Listening.addresses(processes)).isNotEmpty().allMatch(Listening::isLoopback);
    }

    @Test
    @Order(12)
    void secretsAreTheirOwnersOnly() throws IOException {
        for (String name : List.of("endpoints.json", "merge.conf", "consumer-1.conf", "s3-secret-key")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(
                            shell.data().resolve("run").resolve(name))))
                    .as(name)
                    .isEqualTo("rw-------");
        }
    }

    @Test
    @Order(13)
    void aKilledServerComesBack() throws IOException {
        long first = shell.pid("s3");
        ProcessHandle.of(first).orElseThrow().destroyForcibly();

        await().atMost(1, MINUTES).until(() -> shell.runs("s3") && shell.pid("s3") != first);
        long before = merged();
        Rows.append(shell.directory().resolve("rows.csv"), 1501, 1600);
        awaitMerged(before + 100);
        assertThat(count()).isEqualTo(1600);
    }

    @Test
    @Order(14)
    void theMergeGoesOnWhenTheCatalogComesBack() throws IOException {
        for (boolean killed : new boolean[] {true, false}) {
            long rows = count();
            long before = merged();
            long pid = shell.pid("catalog");
            ProcessHandle catalog = ProcessHandle.of(pid).orElseThrow();
            assertThat(killed ? catalog.destroyForcibly() : catalog.destroy()).isTrue();

            await().atMost(1, MINUTES).until(() -> shell.runs("catalog") && shell.pid("catalog") != pid);
            Rows.append(shell.directory().resolve("rows.csv"), (int) rows + 1, (int) rows + 50);
            awaitMerged(before + 50);
            assertThat(count()).isEqualTo(rows + 50);
        }
    }

    @Test
    @Order(15)
    void itStopsWhenToldTo() throws IOException {
        up.process().destroy();

        assertThat(up.outcome().succeeds().out()).endsWith("stopped; the data is kept\n");
        assertThat(Leftovers.find(shell.data())).isEmpty();
        assertThat(shell.data().resolve("run/endpoints.json")).doesNotExist();
    }

    /** Waits for what it prints: a query each time would keep the machine busy. */
    private void awaitMerged(long records) {
        await().atMost(1, MINUTES).until(() -> merged() >= records);
    }

    /** How many records it has said that it merged. */
    private long merged() {
        return MERGED.matcher(up.printed())
                .results()
                .mapToLong(found -> Long.parseLong(found.group(1).replace(",", "")))
                .sum();
    }

    private long count() throws IOException {
        return number("SELECT count(*) AS n FROM rows");
    }

    private long rejects(String stage) throws IOException {
        return number("SELECT count(*) AS n FROM rejected WHERE stage = '" + stage + "'");
    }

    private long number(String query) throws IOException {
        Shell.Outcome answer = shell.tributary("sql", "--output", "csv", query);
        return answer.exitCode() == 0
                ? Long.parseLong(answer.out().lines().skip(1).findFirst().orElse("0"))
                : -1;
    }
}

package io.tributary.sandbox.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The sample, from the first run to a reject that is corrected: each step builds on the one before. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RunIT {
    private final Shell shell;

    RunIT(@TempDir Path directory) throws IOException {
        shell = new Shell(directory);
    }

    @AfterAll
    void close() throws IOException {
        shell.close();
    }

    @Test
    @Order(1)
    void theSampleArrivesWholeWithItsBadRowsPutAside() throws IOException {
        Shell.Outcome run = shell.tributary("run").succeeds();

        assertThat(run.out())
                .contains("publish  40,412 records, 7 rejects put aside")
                .contains("table gauges: 40,412 rows")
                .contains("7 records were refused, kept in table rejected:")
                .contains("gauges.csv")
                .contains("equal: what was published is in the lake, every record once")
                .contains("./tributary sql \"SELECT * FROM gauges LIMIT 10\"");
        assertThat(shell.data().resolve("run").toFile().list()).noneMatch(name -> name.endsWith(".pid"));
    }

    @Test
    @Order(2)
    void theSameCommandAgainPublishesNothing() throws IOException {
        assertThat(shell.tributary("run").succeeds().out())
                .contains("publish  nothing new: all 40,412 records were published before")
                .contains("table gauges: 40,412 rows")
                .contains("equal: what was published is in the lake, every record once");
    }

    @Test
    @Order(3)
    void anotherTableIsFedBesideItAndTheAuditHasBoth() throws IOException {
        shell.write("few.csv", "id\n1\n2\n");

        assertThat(shell.tributary("run", "few.csv").succeeds().out()).contains("table few: 2 rows");
        assertThat(shell.tributary("audit").succeeds().out())
                .contains("table gauges: 40,412 records = 40,412 live; count(*) is 40,412")
                .contains("table few: 2 records = 2 live; count(*) is 2")
                .contains("equal: what was published is in the lake, every record once");
    }

    @Test
    @Order(4)
    void aRejectThatIsCorrectedIsPublishedAgainOnce() throws IOException {
        shell.tributary("redrive", "--export", "rejects.ndjson", "--topic", "gauges")
                .succeeds();
        Path file = shell.directory().resolve("rejects.ndjson");
        List<String> lines = Files.readAllLines(file);
        assertThat(lines).hasSize(7);
        Files.writeString(file, lines.get(0).replaceFirst("}$", ",\"value\":{\"station\":\"corrected\"}}") + "\n");

        assertThat(shell.tributary("redrive", "rejects.ndjson").succeeds().out())
                .contains("publish  1 reject again, to topic gauges")
                .contains("equal: what was published is in the lake, every record once");
    }

    @Test
    @Order(5)
    void aSkipBeyondTheLogIsRefused() throws IOException {
        assertThat(shell.tributary("skip", "--topic=gauges", "--partition=0", "--to=9999999", "--reason=test")
                        .failsWith(2)
                        .err())
                .contains("consumer-daemon skip: offset 9999999 is beyond the log of gauges/0");
    }
}

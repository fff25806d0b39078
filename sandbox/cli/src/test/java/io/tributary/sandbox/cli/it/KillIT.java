package io.tributary.sandbox.cli.it;

import static java.util.concurrent.TimeUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.sandbox.cli.process.Leftovers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** kill -9 in the middle of a run. {@code -Dlong} takes a million rows. Each test has a data directory of its own. */
@Execution(ExecutionMode.CONCURRENT)
class KillIT {
    private static final boolean LONG = System.getProperty("long") != null;
    private static final int COUNT = LONG ? 1_000_000 : 100_000;
    /** All of them run at the same time. */
    private static final int PATIENCE_MINUTES = LONG ? 10 : 2;

    @TempDir
    private Path directory;

    @Test
    void allProcessesMayBeKilledAtOnceAndThenEachInARun() throws IOException {
        try (Shell shell = new Shell(directory)) {
            Rows.write(shell.directory().resolve("rows.csv"), COUNT);
            Shell.Running run = shell.start("run", "rows.csv");
            await().atMost(PATIENCE_MINUTES, MINUTES)
                    .until(() -> anyLink(shell) || !run.process().isAlive());
            Leftovers.find(shell.data()).forEach(ProcessHandle::destroyForcibly);
            await().atMost(PATIENCE_MINUTES, MINUTES)
                    .until(() -> run.printed().contains("s3 was killed; restarted")
                            || !run.process().isAlive());
            for (String name : List.of("producer-rows", "consumer-1", "kafka", "s3", "catalog", "merge")) {
                await().atMost(PATIENCE_MINUTES, MINUTES)
                        .until(() -> shell.runs(name) || !run.process().isAlive());
                if (run.process().isAlive()) {
                    long before = restarts(run, name);
                    ProcessHandle.of(shell.pid(name)).ifPresent(ProcessHandle::destroyForcibly);
                    await().atMost(PATIENCE_MINUTES, MINUTES)
                            .until(() -> restarts(run, name) > before
                                    || !run.process().isAlive());
                }
            }

            assertThat(run.outcome().succeeds().out())
                    .contains("consumer-1 was killed; restarted")
                    .contains("kafka was killed; restarted")
                    .contains("equal: what was published is in the lake, every record once");
            theLakeHasEachRowOnce(shell);
        }
    }

    @Test
    void allOfThemAndTheLauncherMayBeKilledAtOnce() throws IOException {
        try (Shell shell = new Shell(directory)) {
            Rows.write(shell.directory().resolve("rows.csv"), COUNT);
            Shell.Running run = shell.start("run", "rows.csv");
            await().atMost(PATIENCE_MINUTES, MINUTES)
                    .until(() -> anyLink(shell) || !run.process().isAlive());
            List<ProcessHandle> all = Leftovers.find(shell.data());
            run.process().destroyForcibly();
            all.forEach(ProcessHandle::destroyForcibly);
            assertThat(all).hasSizeGreaterThan(4);

            assertThat(shell.tributary("run", "rows.csv").succeeds().out())
                    .contains("equal: what was published is in the lake, every record once");
            theLakeHasEachRowOnce(shell);
        }
    }

    @Test
    void theLauncherAloneMayBeKilledAndARunMayBeInterrupted() throws IOException {
        try (Shell shell = new Shell(directory)) {
            Rows.write(shell.directory().resolve("rows.csv"), 1000);
            Shell.Running killed = shell.start("run", "rows.csv");
            await().atMost(PATIENCE_MINUTES, MINUTES).until(() -> shell.runs("consumer-1"));
            killed.process().destroyForcibly();
            await().until(() -> !killed.process().isAlive());
            assertThat(shell.tributary("status").succeeds().out()).startsWith("nothing runs in ");

            Shell.Running interrupted = shell.start("run", "rows.csv");
            await().atMost(PATIENCE_MINUTES, MINUTES).until(() -> shell.runs("producer-rows"));
            interrupted.process().destroy();
            assertThat(interrupted.outcome().failsWith(130).out())
                    .endsWith("interrupted; the same command completes it\n");
            assertThat(Leftovers.find(shell.data())).isEmpty();

            assertThat(shell.tributary("run", "rows.csv").succeeds().out()).contains("table rows: 1,000 rows");
            assertThat(Leftovers.find(shell.data())).isEmpty();
        }
    }

    private static long restarts(Shell.Running run, String name) {
        return run.printed()
                .lines()
                .filter(line -> line.contains(name + " was killed; restarted"))
                .count();
    }

    private static boolean anyLink(Shell shell) throws IOException {
        Path bucket = shell.data().resolve("s3");
        if (!Files.isDirectory(bucket)) {
            return false;
        }
        try (Stream<Path> files = Files.walk(bucket)) {
            return files.anyMatch(file -> file.toString().endsWith(".jsonl.gz"));
        } catch (java.io.UncheckedIOException changing) {
            return false;
        }
    }

    private static void theLakeHasEachRowOnce(Shell shell) throws IOException {
        assertThat(shell.tributary(
                                "sql",
                                "--output",
                                "csv",
                                "SELECT count(*) AS n, count(DISTINCT id) AS ids, min(id) AS low, max(id) AS high FROM rows")
                        .succeeds()
                        .out())
                .isEqualTo("n,ids,low,high\n" + COUNT + "," + COUNT + ",1," + COUNT + "\n");
    }
}

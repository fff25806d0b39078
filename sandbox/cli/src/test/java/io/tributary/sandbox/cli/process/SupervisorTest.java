package io.tributary.sandbox.cli.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tributary.daemon.MonotonicClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SupervisorTest {
    private static final String SERVE = "echo 'ready {\"name\":\"x\",\"port\":4711}'; exec sleep 600";

    @TempDir
    private Path directory;

    private final List<String> announced = new CopyOnWriteArrayList<>();
    private Supervisor supervisor = new Supervisor(Path.of(""), Path.of(""), MonotonicClock.system(), line -> {});

    @BeforeEach
    void create() {
        supervisor = new Supervisor(directory, directory.resolve("logs"), MonotonicClock.system(), announced::add);
    }

    @AfterEach
    void stop() {
        supervisor.close();
    }

    @Test
    void aServerIsReadyWhenItSaysSo() throws Exception {
        assertThat(supervisor.start(server("s3", SERVE)).get(10, TimeUnit.SECONDS))
                .isEqualTo(4711);
        assertThat(Files.readString(directory.resolve("s3.pid")).strip())
                .isEqualTo(Long.toString(supervisor.pid("s3").orElseThrow()));
    }

    @Test
    void aServerThatDoesNotComeUpSaysWhy() {
        assertThatThrownBy(() -> supervisor
                        .start(server("s3", "echo 's3: port 80 on 127.0.0.1 is in use'; exit 1"))
                        .get(10, TimeUnit.SECONDS))
                .hasRootCauseInstanceOf(ProcessFailure.class)
                .rootCause()
                .hasMessage("s3 ended with exit code 1: port 80 on 127.0.0.1 is in use (log: "
                        + directory.resolve("logs/s3.log") + ")");
    }

    @Test
    void whatCannotHaveALogOrAPidFileIsNotStarted() throws Exception {
        Path file = Files.createFile(directory.resolve("file"));
        try (Supervisor logless = new Supervisor(directory, file, MonotonicClock.system(), line -> {})) {
            assertThatThrownBy(() -> logless.start(server("s3", SERVE)).get(10, TimeUnit.SECONDS))
                    .hasRootCauseInstanceOf(ProcessFailure.class)
                    .rootCause()
                    .hasMessageStartingWith("s3 could not be started: ")
                    .hasMessageContaining(file.toString());
        }
        Path missing = directory.resolve("missing");
        try (Supervisor pidless =
                new Supervisor(missing, directory.resolve("logs"), MonotonicClock.system(), line -> {})) {
            assertThatThrownBy(() -> pidless.start(server("s3", SERVE)).get(10, TimeUnit.SECONDS))
                    .hasRootCauseInstanceOf(ProcessFailure.class)
                    .rootCause()
                    .hasMessageStartingWith("s3 could not be started: ")
                    .hasMessageContaining(missing.toString());
            assertThat(pidless.pid("s3")).isEmpty();
        }
    }

    @Test
    void theOthersGoOnWithoutAnExtraServer() {
        Program extra = new Program(
                "sql", List.of("sh", "-c", "echo 'sql: no memory'; exit 1"), Map.of(), Program.Kind.EXTRA_SERVER);
        assertThatThrownBy(() -> supervisor.start(extra).get(10, TimeUnit.SECONDS))
                .hasRootCauseInstanceOf(ProcessFailure.class)
                .rootCause()
                .hasMessageStartingWith("sql ended with exit code 1: no memory");
        assertThat(supervisor.broken()).isNotDone();
    }

    @Test
    void aKilledServerComesBackAndIsAnnounced() throws Exception {
        supervisor.start(server("kafka", SERVE)).get(10, TimeUnit.SECONDS);
        long first = supervisor.pid("kafka").orElseThrow();

        ProcessHandle.of(first).orElseThrow().destroyForcibly();

        await().until(() -> supervisor.pid("kafka").orElse(first) != first);
        assertThat(announced).containsExactly("kafka was killed; restarted");
        assertThat(supervisor.restarts()).isEqualTo(1);
    }

    @Test
    void aTaskIsFinishedWhenItExitsWithZero() throws Exception {
        supervisor
                .start(new Program("producer-x", List.of("true"), Map.of(), Program.Kind.TASK))
                .join();

        assertThat(supervisor.finished("producer-x").get(10, TimeUnit.SECONDS)).isZero();
        assertThat(supervisor.broken()).isNotDone();
    }

    @Test
    void aTaskThatRefusesFailsWithItsOwnWords() {
        start(new Program(
                "producer-x",
                List.of("/bin/sh", "-c", "echo 'producer-daemon: x.csv was replaced' >&2; exit 1"),
                Map.of(),
                Program.Kind.TASK));

        assertThatThrownBy(() -> supervisor.finished("producer-x").get(10, TimeUnit.SECONDS))
                .rootCause()
                .isInstanceOf(ProcessFailure.class)
                .extracting(failure -> ((ProcessFailure) failure).reason())
                .isEqualTo("x.csv was replaced");
        assertThat(supervisor.broken()).isNotDone();
    }

    @Test
    void interruptsOfTheTerminalDoNotReachTheProcesses() throws Exception {
        supervisor.start(server("s3", SERVE)).get(10, TimeUnit.SECONDS);
        long pid = supervisor.pid("s3").orElseThrow();

        new ProcessBuilder("/bin/sh", "-c", "kill -INT " + pid).start().waitFor();

        supervisor.start(server("other", SERVE)).get(10, TimeUnit.SECONDS);
        assertThat(supervisor.pid("s3")).hasValue(pid);
    }

    @Test
    void stoppedProcessesLeaveNoPidFile() throws Exception {
        supervisor.start(server("s3", SERVE)).get(10, TimeUnit.SECONDS);

        supervisor.stop(List.of("s3", "unknown"));

        assertThat(directory.resolve("s3.pid")).doesNotExist();
        assertThat(announced).isEmpty();
    }

    @Test
    void whoeverStopsInAHurryLeavesNoProcess() throws Exception {
        supervisor
                .start(server(
                        "s3", "trap '' TERM; echo 'ready {\"name\":\"x\",\"port\":1}'; while :; do sleep 1; done"))
                .get(10, TimeUnit.SECONDS);
        ProcessHandle process =
                ProcessHandle.of(supervisor.pid("s3").orElseThrow()).orElseThrow();
        Thread stopper = new Thread(() -> supervisor.stop(List.of("s3")));
        stopper.start();
        await().until(() -> stopper.getState() == Thread.State.TIMED_WAITING);

        stopper.interrupt();
        stopper.join(10_000);

        assertThat(stopper.isAlive()).isFalse();
        assertThat(process.isAlive()).isFalse();
        assertThat(directory.resolve("s3.pid")).doesNotExist();
    }

    @Test
    void daemonsDoNotInheritWhatTheyWouldReadAsConfiguration() throws Exception {
        start(new Program(
                "consumer-1", List.of("/bin/sh", "-c", "env; exit 2"), Map.of("SECRET", "s"), Program.Kind.DAEMON));

        await().until(() -> supervisor.broken().isDone());
        assertThat(Files.readString(directory.resolve("logs/consumer-1.log")))
                .contains("SECRET=s")
                .doesNotContain("TRIBUTARY_");
    }

    @Test
    void leftoversAreFoundByTheirMarkOnly() throws Exception {
        Process own = new ProcessBuilder("/bin/sh", "-c", "sleep 600; :", Leftovers.mark(directory)).start();
        Process other = new ProcessBuilder("/bin/sh", "-c", "sleep 600; :", Leftovers.mark(directory) + "2").start();
        Files.writeString(directory.resolve("kafka.pid"), other.pid() + "\n");
        try {
            await().until(() -> Leftovers.find(directory).size() == 1);
            assertThat(Leftovers.end(directory, directory)).isEqualTo(1);
            assertThat(own.waitFor(10, TimeUnit.SECONDS)).isTrue();
            assertThat(other.isAlive()).isTrue();
            assertThat(directory.resolve("kafka.pid")).doesNotExist();
        } finally {
            own.descendants().forEach(ProcessHandle::destroyForcibly);
            own.destroyForcibly();
            other.descendants().forEach(ProcessHandle::destroyForcibly);
            other.destroyForcibly();
        }
    }

    private void start(Program program) {
        assertThat(supervisor.start(program)).succeedsWithin(10, TimeUnit.SECONDS);
    }

    private static Program server(String name, String script) {
        return new Program(name, List.of("/bin/sh", "-c", script), Map.of(), Program.Kind.SERVER);
    }
}

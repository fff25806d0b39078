package io.tributary.sandbox.cli.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tributary.sandbox.cli.CommandFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForegroundTest {
    @TempDir
    private Path directory;

    @Test
    void itsExitCodeIsTheCommands() throws Exception {
        assertThat(Foreground.run(shell("exit 3"), directory)).isEqualTo(3);
        assertThat(directory.resolve("tool.pid")).doesNotExist();
    }

    @Test
    void itEndsWithTheThreadThatWaitsForIt() throws Exception {
        CompletableFuture<Throwable> failure = new CompletableFuture<>();
        Thread command = new Thread(() -> {
            try {
                Foreground.run(shell("exec sleep 600"), directory);
            } catch (Exception thrown) {
                failure.complete(thrown);
            }
        });
        command.start();
        await().until(() -> Files.exists(directory.resolve("tool.pid"))
                && !Files.readString(directory.resolve("tool.pid")).isBlank());
        ProcessHandle tool = ProcessHandle.of(Long.parseLong(
                        Files.readString(directory.resolve("tool.pid")).strip()))
                .orElseThrow();

        command.interrupt();

        assertThat(failure.join()).isInstanceOf(CommandFailure.class).hasMessage("interrupted");
        assertThat(tool.onExit().join().isAlive()).isFalse();
        assertThat(directory.resolve("tool.pid")).doesNotExist();
    }

    @Test
    void whatCannotBeStartedIsNamed() {
        assertThatThrownBy(() -> Foreground.run(
                        new Program("tool", List.of("/no/such/program"), Map.of(), Program.Kind.TASK), directory))
                .isInstanceOf(CommandFailure.class)
                .hasMessageStartingWith("tool cannot be started: ");
    }

    private static Program shell(String script) {
        return new Program("tool", List.of("/bin/sh", "-c", script), Map.of(), Program.Kind.TASK);
    }
}

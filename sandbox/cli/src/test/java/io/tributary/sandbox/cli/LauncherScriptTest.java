package io.tributary.sandbox.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script itself, in a tree that was never built and whose path has spaces. */
class LauncherScriptTest {
    private static final Path USAGE = Path.of("sandbox/cli/src/main/resources/io/tributary/sandbox/cli/usage.txt");

    @TempDir
    private Path directory;

    private Path script = Path.of("");

    @BeforeEach
    void copy() throws IOException {
        Path root = Path.of(Objects.requireNonNull(System.getProperty("tributary.root")));
        Path tree = directory.resolve("a tree");
        Files.createDirectories(Objects.requireNonNull(tree.resolve(USAGE).getParent()));
        Files.copy(root.resolve(USAGE), tree.resolve(USAGE));
        script = tree.resolve("tributary");
        Files.copy(root.resolve("tributary"), script);
        assertThat(script.toFile().setExecutable(true)).isTrue();
    }

    @Test
    void helpNeedsNoBuild() throws Exception {
        Printed help = run(Map.of(), script.toString(), "--help");

        assertThat(help.exitCode()).isZero();
        assertThat(help.text()).contains("./tributary run [FILE...]").contains("Exit codes: 0 good");
    }

    @Test
    void nothingAskedIsBadUsage() throws Exception {
        assertThat(run(Map.of(), script.toString()).exitCode()).isEqualTo(2);
    }

    @Test
    void aSymbolicLinkFindsTheTree() throws Exception {
        Path link = Files.createSymbolicLink(directory.resolve("first"), Path.of("a tree/tributary"));
        Path again = Files.createSymbolicLink(directory.resolve("again"), link);

        assertThat(run(Map.of(), again.toString(), "help").text()).contains("./tributary run");
    }

    @Test
    void aMissingMavenIsSaid() throws Exception {
        Path tools = Files.createDirectory(directory.resolve("tools"));
        for (String tool : List.of("cat", "dirname", "readlink", "grep", "head", "find", "mkdir", "rm", "tr", "tee")) {
            Files.createSymbolicLink(tools.resolve(tool), Path.of("/usr/bin").resolve(tool));
        }
        Printed refused = run(
                Map.of("PATH", tools.toString(), "JAVA_HOME", System.getProperty("java.home")),
                script.toString(),
                "run");

        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.text())
                .isEqualTo("tributary: Maven was not found: install 3.8.7 or newer (Debian: apt install maven)\n");
    }

    @Test
    void twoCommandsAtOnceBuildOnce() throws Exception {
        Path tools = Files.createDirectory(directory.resolve("tools"));
        Path calls = directory.resolve("calls");
        Path go = directory.resolve("go");
        Path maven = Files.writeString(
                tools.resolve("mvn"),
                "#!/bin/sh\necho called >>'" + calls + "'\nwhile [ ! -f '" + go + "' ]; do sleep 0.1; done\n"
                        + "for p in sandbox/cli sandbox/kafka sandbox/s3 sandbox/lake sandbox/sql sandbox/mastodon; do\n"
                        + "  mkdir -p $p/target; : >$p/target/sandbox-${p#*/}.jar; : >$p/target/classpath\ndone\n"
                        + "for p in producer-daemon consumer-daemon glue-etl; do\n"
                        + "  mkdir -p $p/target; : >$p/target/$p.jar\ndone\n");
        assertThat(maven.toFile().setExecutable(true)).isTrue();
        Path waiting = directory.resolve("waiting");
        Process first = launcher(tools, directory.resolve("building"));
        await().until(() -> Files.exists(calls));
        Process second = launcher(tools, waiting);
        await().until(() -> Files.readString(waiting).contains("waiting for the build that another command runs\n"));

        Files.createFile(go);

        assertThat(first.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(second.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(calls).hasContent("called");
        assertThat(script.resolveSibling("target/.building")).doesNotExist();
    }

    /** A launcher with another Maven, on its own. */
    private Process launcher(Path tools, Path output) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(script.toString(), "status")
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("PATH", tools + ":" + System.getenv("PATH"));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().remove("TRIBUTARY_BUILD");
        return builder.start();
    }

    private record Printed(int exitCode, String text) {}

    private Printed run(Map<String, String> environment, String... command) throws IOException, InterruptedException {
        Path output = directory.resolve("output");
        ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(List.of(command)))
                .directory(
                        Files.createDirectories(directory.resolve("else where")).toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Printed(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
    }
}

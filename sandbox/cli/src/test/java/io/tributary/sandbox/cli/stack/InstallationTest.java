package io.tributary.sandbox.cli.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.sandbox.cli.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstallationTest {
    @TempDir
    private Path root;

    @Test
    void theUsersOptionsStandBehindTheProgramsOwn() throws IOException, CommandFailure {
        Path jar = root.resolve("consumer-daemon/target/consumer-daemon.jar");
        Files.createDirectories(jar.getParent());
        Files.createFile(jar);

        List<String> command =
                new Installation(root, List.of("-Xmx1g", "-ea")).daemon("consumer-daemon", List.of("-Xmx512m"));

        assertThat(command.subList(1, command.size()))
                .containsExactly("-Xmx512m", "-Xmx1g", "-ea", "-jar", jar.toString());
    }

    @Test
    void optionsAreApartBySpacesAndThereNeedBeNone() {
        assertThat(Installation.options(Map.of("SANDBOX_JAVA_OPTS", " -Xmx1g  -ea ")))
                .containsExactly("-Xmx1g", "-ea");
        assertThat(Installation.options(Map.of("SANDBOX_JAVA_OPTS", " "))).isEmpty();
        assertThat(Installation.options(Map.of())).isEmpty();
    }
}

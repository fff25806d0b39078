package io.tributary.sandbox.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
    @TempDir
    Path parent;

    @Test
    void oneServerAtATimeHoldsADirectory() throws Exception {
        Path path = parent.resolve("a/b");
        try (DataDirectory first = DataDirectory.open(path)) {
            assertThat(first.path()).isEqualTo(path).isDirectory();
            assertThatThrownBy(() -> DataDirectory.open(path))
                    .isInstanceOf(ServerStartException.class)
                    .hasMessage("data directory " + path
                            + " is in use by another running server; stop that one or choose another directory");
        }
        try (DataDirectory next = DataDirectory.open(path)) {
            assertThat(next.path()).isEqualTo(path);
        }
    }

    @Test
    void namesADirectoryThatCannotBe() throws Exception {
        Path file = Files.writeString(parent.resolve("file"), "");

        assertThatThrownBy(() -> DataDirectory.open(file.resolve("data")))
                .isInstanceOf(ServerStartException.class)
                .hasMessageStartingWith("cannot use data directory " + file.resolve("data") + ": ");
    }
}

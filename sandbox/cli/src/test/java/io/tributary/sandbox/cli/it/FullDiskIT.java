package io.tributary.sandbox.cli.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** The data directory lies on a disk of its own that is too small, and then large enough. */
@EnabledIfSystemProperty(named = "long", matches = ".*")
class FullDiskIT {
    private static final int ROWS = 50_000;
    private static final int NOISE = 750;

    @TempDir
    private Path directory;

    @Test
    void aRunThatFillsItsDiskNamesItAndTheSameCommandCompletesItOnceThereIsRoom() throws Exception {
        Shell shell = new Shell(directory);
        try (SmallDisk disk = SmallDisk.mount(shell.data(), "40m");
                shell) {
            noise(shell.directory().resolve("rows.csv"));
            Shell.Outcome full = shell.tributary("run", "rows.csv").failsWith(1);
            assertThat(full.err().lines())
                    .singleElement()
                    .asString()
                    .startsWith("tributary: ")
                    .contains(" 0 MB are free on the disk of the data directory");

            disk.resize("1g");
            assertThat(shell.tributary("run", "rows.csv").succeeds().out())
                    .contains("table rows: 50,000 rows")
                    .contains("equal: what was published is in the lake, every record once");
            assertThat(shell.tributary("audit", "--deep").succeeds().out()).contains("equal: ");
        }
    }

    /** Rows that no compression makes small. */
    private static void noise(Path file) throws IOException {
        Random random = new Random(3);
        byte[] bytes = new byte[NOISE];
        try (Writer out = Files.newBufferedWriter(file)) {
            out.write("id,noise\n");
            for (int id = 1; id <= ROWS; id++) {
                random.nextBytes(bytes);
                out.write(id + "," + Base64.getEncoder().encodeToString(bytes) + "\n");
            }
        }
    }

    /** A file system in memory, which only root may mount. The thread that mounted it closes it, once nobody uses it. */
    private record SmallDisk(Path place) implements AutoCloseable {
        static SmallDisk mount(Path place, String size) throws IOException, InterruptedException {
            Files.createDirectories(place);
            boolean mounted = run("mount", "-t", "tmpfs", "-o", "size=" + size, "tmpfs", place.toString());
            assumeTrue(mounted, "SKIPPED: mounting a small disk takes root");
            return new SmallDisk(place);
        }

        void resize(String size) throws IOException, InterruptedException {
            assertThat(run("mount", "-o", "remount,size=" + size, place.toString()))
                    .isTrue();
        }

        @Override
        public void close() throws IOException, InterruptedException {
            assertThat(run("umount", "--lazy", place.toString())).isTrue();
        }

        private static boolean run(String... command) throws IOException, InterruptedException {
            return new ProcessBuilder(command).inheritIO().start().waitFor() == 0;
        }
    }
}

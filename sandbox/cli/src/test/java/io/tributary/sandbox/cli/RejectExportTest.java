package io.tributary.sandbox.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RejectExportTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void aFileIsWhatWasWrittenPageByPage() throws Exception {
        Path file = folder.resolve("rejects.ndjson");

        long lines = RejectExport.save(file, sink -> {
            sink.write("{}\n{}\n");
            sink.write("");
            sink.write("{}\n");
            return 3;
        });

        assertThat(lines).isEqualTo(3);
        assertThat(folder).isDirectoryContaining(file::equals);
        assertThat(file).hasContent("{}\n{}\n{}\n");
    }

    @Test
    void aFileThatIsThereIsNeverOverwrittenAlsoWhenItAppearsMeanwhile() throws Exception {
        Path file = folder.resolve("rejects.ndjson");

        assertThatThrownBy(() -> RejectExport.save(file, sink -> {
                    sink.write("{}\n");
                    Files.writeString(file, "corrected");
                    return 1;
                }))
                .isInstanceOf(CommandFailure.class)
                .hasMessage(file + " exists already: it may hold corrections; name another file, or remove this one");
        assertThat(file).hasContent("corrected");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void nothingIsLeftOfAnExportThatFailed() {
        assertThatThrownBy(() -> RejectExport.save(folder.resolve("rejects.ndjson"), sink -> {
                    sink.write("{}\n");
                    throw CommandFailure.failed("the server is gone");
                }))
                .hasMessage("the server is gone");
        assertThat(folder).isEmptyDirectory();
    }
}

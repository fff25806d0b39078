package io.tributary.producer.source.dataset.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class LocalFilesTest extends FileStoreContract {
    @TempDir
    private Path folder = Path.of("");

    @Override
    FileStore store() {
        return new LocalFiles();
    }

    @Override
    String path(String name) {
        return folder.resolve(name).toString();
    }

    @Override
    void write(String name, byte[] content) throws IOException {
        Path file = folder.resolve(name);
        Path parent = file.getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        Files.write(file, content);
    }
}

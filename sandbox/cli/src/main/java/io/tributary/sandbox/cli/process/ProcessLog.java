package io.tributary.sandbox.cli.process;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * The file that one process's output is appended to, from run to run; a long one is put aside at a start. Confined to
 * the supervisor's thread.
 */
final class ProcessLog {
    private static final long PUT_ASIDE_BYTES = 16L << 20;
    private static final long READ_BYTES = 1L << 20;

    private final Path file;
    private long runBegan;

    ProcessLog(Path file) {
        this.file = file;
    }

    /** Marks where a new run's output begins. */
    Path begin() throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        long size = Files.exists(file) ? Files.size(file) : 0;
        if (size > PUT_ASIDE_BYTES) {
            Files.move(file, file.resolveSibling(file.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
            size = 0;
        }
        runBegan = size;
        return file;
    }

    Path file() {
        return file;
    }

    /** The first part of this run's output. */
    String head() {
        return read(runBegan);
    }

    /** The last part of this run's output. */
    String tail() {
        try {
            return read(Math.max(runBegan, Files.size(file) - READ_BYTES));
        } catch (IOException nothingYet) {
            return "";
        }
    }

    private String read(long from) {
        try (RandomAccessFile input = new RandomAccessFile(file.toFile(), "r")) {
            byte[] bytes = new byte[(int) Math.max(0, Math.min(READ_BYTES, input.length() - from))];
            input.seek(from);
            input.readFully(bytes);
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException nothingYet) {
            return "";
        }
    }
}

package io.tributary.sandbox.server;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * A directory that one server at a time may use. The operating system drops the lock with the process, so nothing is
 * left to clean up after a kill. Not thread-safe: opened once at start, held until the process ends.
 */
public final class DataDirectory implements AutoCloseable {
    private final Path path;
    private final FileChannel channel;

    private DataDirectory(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /**
     * Creates the directory where it is missing and takes it for this process.
     *
     * @throws ServerStartException where another process holds it, or it cannot be written
     */
    public static DataDirectory open(Path directory) throws ServerStartException {
        Path path = directory.toAbsolutePath().normalize();
        try {
            Files.createDirectories(path);
            FileChannel channel =
                    FileChannel.open(path.resolve("server.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (lock(channel) == null) {
                channel.close();
                throw new ServerStartException("data directory " + path
                        + " is in use by another running server; stop that one or choose another directory");
            }
            return new DataDirectory(path, channel);
        } catch (IOException e) {
            throw new ServerStartException("cannot use data directory " + path + ": " + e, e);
        }
    }

    public Path path() {
        return path;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }
}

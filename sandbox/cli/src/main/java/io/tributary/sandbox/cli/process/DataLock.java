package io.tributary.sandbox.cli.process;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * The lock that lets one command at a time run a data directory's processes. The operating system drops it with the
 * process. Held by the thread of the command.
 */
public final class DataLock implements AutoCloseable {
    private final FileChannel channel;

    private DataLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes the lock.
     *
     * @param runDirectory where the lock file goes; must exist
     * @param command      what holds it, for others' messages, for example {@code tributary run}
     * @return empty if another process holds it
     */
    public static Optional<DataLock> take(Path runDirectory, String command) throws IOException {
        FileChannel channel = FileChannel.open(file(runDirectory), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock();
        if (lock == null) {
            channel.close();
            return Optional.empty();
        }
        String holder = "`" + command + "` (pid " + ProcessHandle.current().pid() + ")";
        channel.truncate(0);
        channel.write(ByteBuffer.wrap(holder.getBytes(StandardCharsets.UTF_8)));
        return Optional.of(new DataLock(channel));
    }

    /** Who holds or held the lock, in words. */
    public static String holder(Path runDirectory) {
        try {
            return Files.readString(file(runDirectory));
        } catch (IOException unknown) {
            return "another command";
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private static Path file(Path runDirectory) {
        return runDirectory.resolve("lock");
    }
}

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
 *
 * <p>The first byte of the file decides who has the directory. The second shows it to those who only ask, so that
 * asking never stands in the way of taking.
 */
public final class DataLock implements AutoCloseable {
    private static final long OWNED = 0;
    private static final long SHOWN = 1;

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
        FileLock lock = channel.tryLock(OWNED, 1, false);
        if (lock == null) {
            channel.close();
            return Optional.empty();
        }
        channel.lock(SHOWN, 1, false);
        String holder = "`" + command + "` (pid " + ProcessHandle.current().pid() + ")";
        channel.truncate(0);
        channel.write(ByteBuffer.wrap(holder.getBytes(StandardCharsets.UTF_8)));
        return Optional.of(new DataLock(channel));
    }

    /** Whether a process holds the lock. Takes nothing. */
    public static boolean held(Path runDirectory) throws IOException {
        try (FileChannel channel = FileChannel.open(
                file(runDirectory), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            return channel.tryLock(SHOWN, 1, true) == null;
        }
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

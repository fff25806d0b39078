package io.tributary.sandbox.cli.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Finds and ends processes that a killed launcher left behind. A process belongs to a data directory if one of its
 * arguments is exactly {@code -Dtributary.data=DIR}; a pid file alone is never believed, since pids come again.
 */
public final class Leftovers {
    private static final long GRACE_SECONDS = 8;

    private Leftovers() {}

    /** The argument that marks a process as one of a data directory's. */
    public static String mark(Path data) {
        return "-Dtributary.data=" + data;
    }

    /**
     * Ends all processes of a data directory, politely first, and removes their pid files. The caller holds the
     * directory's lock.
     *
     * @return how many there were
     */
    public static int end(Path data, Path runDirectory) throws IOException {
        List<ProcessHandle> found = find(data);
        found.forEach(ProcessHandle::destroy);
        CompletableFuture<?>[] ends = found.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.allOf(ends).get(GRACE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException slow) {
            kill(found, ends);
        } catch (InterruptedException hurry) {
            kill(found, ends);
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IOException("could not wait for the processes that a former command left", e);
        }
        if (Files.isDirectory(runDirectory)) {
            try (DirectoryStream<Path> pids = Files.newDirectoryStream(runDirectory, "*.pid")) {
                for (Path pid : pids) {
                    Files.deleteIfExists(pid);
                }
            }
        }
        return found.size();
    }

    private static void kill(List<ProcessHandle> found, CompletableFuture<?>[] ends) {
        found.forEach(ProcessHandle::destroyForcibly);
        CompletableFuture.allOf(ends).join();
    }

    /** The processes of a data directory that run now. */
    public static List<ProcessHandle> find(Path data) {
        String mark = mark(data);
        long self = ProcessHandle.current().pid();
        return ProcessHandle.allProcesses()
                .filter(process -> process.pid() != self && arguments(process).contains(mark))
                .toList();
    }

    private static List<String> arguments(ProcessHandle process) {
        Path commandLine = Path.of("/proc", Long.toString(process.pid()), "cmdline");
        try {
            String text = new String(Files.readAllBytes(commandLine), StandardCharsets.UTF_8);
            return Arrays.asList(text.split("\0", -1));
        } catch (IOException noSuchFileSystem) {
            return new ArrayList<>(Arrays.asList(process.info().arguments().orElse(new String[0])));
        }
    }
}

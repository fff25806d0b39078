package io.tributary.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * Stands where systemd would: a Unix datagram socket that writes down whatever a service tells. Java 17 has none, so it is
 * a small Python process. Any thread may use it; whoever started it closes it.
 */
public final class NotifyReceiver implements AutoCloseable {
    /** What to tell where {@link #isPossible} says no. */
    public static final String SKIPPED = "SKIPPED: there is no python3 to receive what systemd would be told";

    private static final Duration BOOT = Duration.ofSeconds(60);
    private static final Duration LOOK = Duration.ofMillis(100);
    /** Each message on a line: who sent it by the kernel's word, and the lines of what was sent, with ; between. */
    private static final String PROGRAM = """
            import socket, struct, sys
            s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
            s.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)
            s.bind(sys.argv[1])
            with open(sys.argv[2], "a", buffering=1) as out:
                while True:
                    data, control, _, _ = s.recvmsg(65536, 1024)
                    pid = struct.unpack("3i", control[0][2])[0] if control else 0
                    out.write("%d %s\\n" % (pid, data.decode().replace("\\n", ";")))
            """;

    private final Process process;
    private final Path socket;
    private final Path log;

    private NotifyReceiver(Process process, Path socket, Path log) {
        this.process = process;
        this.socket = socket;
        this.log = log;
    }

    /** Whether it can be started. */
    public static boolean isPossible() {
        try {
            return new ProcessBuilder("python3", "-c", "import socket; socket.AF_UNIX")
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException noPython) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Starts it. */
    public static NotifyReceiver start(Path directory) {
        // A socket's path may have 107 bytes.
        try {
            Path socket = Files.createTempDirectory("notify").resolve("s");
            Path log = Files.createFile(directory.resolve("notify.log"));
            Process process = new ProcessBuilder("python3", "-c", PROGRAM, socket.toString(), log.toString())
                    .inheritIO()
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
            for (long looks = BOOT.dividedBy(LOOK); !Files.exists(socket); looks--) {
                if (looks == 0 || process.waitFor(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
                    process.destroyForcibly();
                    throw new IllegalStateException("the receiver does not listen on " + socket);
                }
            }
            return new NotifyReceiver(process, socket, log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** For the service's {@code NOTIFY_SOCKET}. */
    public String socket() {
        return socket.toString();
    }

    /** All that this process has told, in order. */
    public List<String> toldBy(long pid) {
        String sender = pid + " ";
        try {
            return Files.readString(log, StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.startsWith(sender))
                    .map(line -> line.substring(sender.length()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How often this process has said that it works. */
    public long pings(long pid) {
        return toldBy(pid).stream()
                .filter(state -> state.contains("WATCHDOG=1"))
                .count();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor();
            Files.deleteIfExists(socket);
            Files.deleteIfExists(Objects.requireNonNull(socket.getParent()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

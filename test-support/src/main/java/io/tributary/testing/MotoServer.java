package io.tributary.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * AWS's interfaces as moto plays them, a process on a free loopback port: what an SDK really sends meets a parser that is
 * none of ours. Where moto is not installed, tests say so and are skipped. Any thread may use it; whoever started it
 * closes it.
 */
public final class MotoServer implements AutoCloseable {
    /** What to tell where {@link #isInstalled} says no. */
    public static final String SKIPPED =
            "SKIPPED: moto is not there; 'python3 -m pip install moto[server]' lets this run";

    private static final Duration BOOT = Duration.ofSeconds(90);
    private static final Duration LOOK = Duration.ofMillis(200);

    private final Process process;
    private final int port;

    private MotoServer(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Whether it can be started. */
    public static boolean isInstalled() {
        try {
            Process probe = new ProcessBuilder("python3", "-c", "import moto.server")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return probe.waitFor(BOOT.toSeconds(), TimeUnit.SECONDS) && probe.exitValue() == 0;
        } catch (IOException noPython) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /**
     * Starts it on any port.
     *
     * @param log what it says goes there
     */
    public static MotoServer start(Path log) {
        return start(log, freePort());
    }

    /** Starts it on a port, such as the one that another has left. */
    public static MotoServer start(Path log, int port) {
        try {
            Process process = new ProcessBuilder(
                            "python3", "-m", "moto.server", "-H", "127.0.0.1", "-p", Integer.toString(port))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
            MotoServer moto = new MotoServer(process, port);
            moto.awaitServing(log);
            return moto;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + port);
    }

    public int port() {
        return port;
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitServing(Path log) throws InterruptedException {
        for (long looks = BOOT.dividedBy(LOOK); looks > 0; looks--) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                if (socket.isConnected()) {
                    return;
                }
            } catch (IOException notYet) {
                if (process.waitFor(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
                    break;
                }
            }
        }
        process.destroyForcibly();
        throw new IllegalStateException("moto does not serve; see " + log);
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package io.tributary.testing;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/**
 * A real S3 server in a child process, its data in a directory that outlives it. Clients must use path-style access.
 * It ends with the test's JVM at the latest. Not thread-safe; clients of any thread may use its address.
 */
public final class S3Process implements AutoCloseable {
    public static final String ACCESS_KEY = "test";
    public static final String SECRET_KEY = "test-secret";
    public static final String REGION = "us-east-1";
    private static final String SECRET_KEY_ENV = "S3_SECRET_KEY";

    private final Path data;
    private SandboxServer server;

    private S3Process(Path data, SandboxServer server) {
        this.data = data;
        this.server = server;
    }

    /** Starts on any free port and returns when it serves. */
    public static S3Process start(Path data) {
        return new S3Process(data, SandboxServer.start(command(data, 0)));
    }

    /**
     * Starts on a disk that takes no file larger than this, for which a limit on the size of files stands: a full disk fails
     * the same writes. {@link #restart} lifts it.
     */
    public static S3Process startOnSmallDisk(Path data, int kibibytes) {
        String limit = "ulimit -f " + kibibytes * 2 + "; exec \"$0\" \"$@\"";
        return new S3Process(data, SandboxServer.of(command(data, 0).start(List.of("sh", "-c", limit))));
    }

    static JavaCommand command(Path data, int port) {
        return SandboxServer.command("s3", "io.tributary.sandbox.s3.S3Main")
                .arguments("--data", data.toString(), "--port", Integer.toString(port), "--stop-with-stdin")
                .arguments("--access-key", ACCESS_KEY, "--secret-key-env", SECRET_KEY_ENV)
                .environment(SECRET_KEY_ENV, SECRET_KEY);
    }

    public int port() {
        return server.port();
    }

    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + port());
    }

    public JavaProcess process() {
        return server.process();
    }

    public void kill9() {
        process().kill9();
    }

    /** SIGTERM, and the exit code. */
    public int stop() {
        return process().stop();
    }

    /** Starts again on the same data and port, after killing what still runs. */
    public void restart() {
        int port = port();
        process().close();
        server = SandboxServer.start(command(data, port));
    }

    @Override
    public void close() {
        process().close();
    }
}

package io.tributary.testing;

import java.nio.file.Path;

/**
 * A real Kafka broker in a child process, its data in a directory that outlives it. It ends with the test's JVM at the
 * latest. Not thread-safe; clients of any thread may use its address.
 */
public final class KafkaProcess implements AutoCloseable {
    private final Path data;
    private SandboxServer server;

    private KafkaProcess(Path data, SandboxServer server) {
        this.data = data;
        this.server = server;
    }

    /** Starts on any free port and returns when it serves. */
    public static KafkaProcess start(Path data) {
        return new KafkaProcess(data, SandboxServer.start(command(data, 0)));
    }

    static JavaCommand command(Path data, int port) {
        return SandboxServer.command("kafka", "io.tributary.sandbox.kafka.KafkaMain")
                .arguments("--data", data.toString(), "--port", Integer.toString(port), "--stop-with-stdin");
    }

    public int port() {
        return server.port();
    }

    public String bootstrapServers() {
        return "127.0.0.1:" + port();
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

package io.tributary.testing;

import io.tributary.testing.msk.IamGate;
import java.nio.file.Path;
import java.util.List;

/**
 * A real Kafka broker in a child process, its data in a directory that outlives it. It ends with the test's JVM at the
 * latest. Not thread-safe; clients of any thread may use its address.
 */
public final class KafkaProcess implements AutoCloseable {
    private final Start start;
    private JavaProcess process;
    private int port;

    KafkaProcess(Start start, JavaProcess process) {
        this.start = start;
        this.process = process;
        this.port = start.port();
    }

    /**
     * How a broker is started, again and again.
     *
     * @param command with all arguments
     * @param port    the port that it serves clients on; 0 for any, which only suits the first start
     */
    public record Start(JavaCommand command, int port) {
        /** Starts it and does not wait. */
        JavaProcess begin() {
            return command.start();
        }
    }

    /** Starts on any free port and returns when it serves. */
    public static KafkaProcess start(Path data, String... settings) {
        JavaCommand command = command(data, 0);
        for (String setting : settings) {
            command.arguments("--set", setting);
        }
        SandboxServer first = SandboxServer.start(command);
        JavaCommand again = command(data, first.port());
        for (String setting : settings) {
            again.arguments("--set", setting);
        }
        return new KafkaProcess(new Start(again, first.port()), first.process());
    }

    /** Starts behind a gate: who comes through it finds all brokers there. Its own port asks nobody. */
    public static KafkaProcess startBehind(IamGate gate, Path data) {
        List<Integer> ports = KafkaCluster.freePorts(3);
        gate.before(ports.get(0));
        return start(withListener(data, "GATE:PLAINTEXT", ports, gate.port()));
    }

    /** Starts what was planned, and returns when it serves. */
    static KafkaProcess start(Start plan) {
        return new KafkaProcess(plan, SandboxServer.start(plan.command()).process());
    }

    /**
     * How a broker is started that has another listener beside its own.
     *
     * @param listener   its name and protocol, as in {@code NAME:SASL_PLAINTEXT}
     * @param ports      free ones: the listener's, the broker's own, the controller's
     * @param advertised where clients are to look for the listener
     */
    static Start withListener(Path data, String listener, List<Integer> ports, int advertised) {
        String other = listener.substring(0, listener.indexOf(':')) + "://127.0.0.1:";
        String own = "PLAINTEXT://127.0.0.1:" + ports.get(1);
        String controller = "CONTROLLER://127.0.0.1:" + ports.get(2);
        JavaCommand command = command(data, ports.get(1))
                .arguments("--voters", "1@" + ports.get(2), "--cluster-id", KafkaCluster.clusterId())
                .arguments("--set", "listeners=" + own + "," + other + ports.get(0) + "," + controller)
                .arguments("--set", "advertised.listeners=" + own + "," + other + advertised)
                .arguments(
                        "--set",
                        "listener.security.protocol.map=PLAINTEXT:PLAINTEXT," + listener + ",CONTROLLER:PLAINTEXT");
        return new Start(command, ports.get(1));
    }

    static JavaCommand command(Path data, int port) {
        return SandboxServer.command("kafka", "io.tributary.sandbox.kafka.KafkaMain")
                .arguments("--data", data.toString(), "--port", Integer.toString(port), "--stop-with-stdin");
    }

    public int port() {
        return port;
    }

    public String bootstrapServers() {
        return "127.0.0.1:" + port();
    }

    public JavaProcess process() {
        return process;
    }

    public void kill9() {
        process().kill9();
    }

    /** SIGTERM, and the exit code. */
    public int stop() {
        return process().stop();
    }

    /** Starts again on the same data and port, after killing what still runs, and returns when it serves. */
    public void restart() {
        begin();
        awaitReady();
    }

    /** Starts again on the same data and port, after killing what still runs, and does not wait. */
    public void begin() {
        process().close();
        process = start.begin();
    }

    /** Waits until the broker says that it serves. */
    public void awaitReady() {
        port = SandboxServer.of(process).port();
    }

    @Override
    public void close() {
        process().close();
    }
}

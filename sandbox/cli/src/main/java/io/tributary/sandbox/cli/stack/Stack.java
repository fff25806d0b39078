package io.tributary.sandbox.cli.stack;

import io.tributary.daemon.MonotonicClock;
import io.tributary.daemon.config.Secret;
import io.tributary.sandbox.cli.CommandFailure;
import io.tributary.sandbox.cli.process.ProcessFailure;
import io.tributary.sandbox.cli.process.Program;
import io.tributary.sandbox.cli.process.Supervisor;
import io.tributary.sandbox.server.LoopbackPort;
import io.tributary.sandbox.server.ServerStartException;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * The pipeline's processes, started and stopped in order. The caller holds the workspace's lock. Closing may happen on
 * any thread, once or more often, and returns when all have stopped; all else belongs to the thread of the command.
 */
public final class Stack implements AutoCloseable {
    /** The one bucket, with staging and the lake in it. */
    public static final String BUCKET = "tributary";

    private final Workspace workspace;
    private final Supervisor supervisor;
    private final Programs programs;
    private final ConfigFiles configs;
    private final Secret secret;
    private final Ports ports;
    private Endpoints endpoints;
    private final Map<Server, CompletableFuture<Integer>> ready = new EnumMap<>(Server.class);
    private final List<String> producers = new ArrayList<>();
    private boolean closed;

    private Stack(
            Workspace workspace,
            Supervisor supervisor,
            Programs programs,
            ConfigFiles configs,
            Secret secret,
            Ports ports) {
        this.workspace = workspace;
        this.supervisor = supervisor;
        this.programs = programs;
        this.configs = configs;
        this.secret = secret;
        this.ports = ports;
        this.endpoints = configs.endpoints();
    }

    /** A stack whose processes are yet to be started. */
    public static Stack prepare(
            Installation installation, Workspace workspace, MonotonicClock clock, Consumer<String> announce)
            throws CommandFailure, IOException {
        Ports ports = Ports.claim();
        Secret secret = SecretKey.of(workspace);
        Endpoints endpoints = new Endpoints(
                "127.0.0.1:" + ports.kafka(),
                "http://127.0.0.1:" + ports.s3(),
                Programs.ACCESS_KEY,
                secret,
                BUCKET,
                "jdbc:h2:tcp://127.0.0.1:" + ports.catalog() + "/./lake;DATABASE_TO_UPPER=FALSE;USER=sa;PASSWORD=",
                "http://127.0.0.1:" + ports.merge(),
                Optional.empty(),
                Optional.empty());
        return new Stack(
                workspace,
                new Supervisor(workspace.run(), workspace.logs(), clock, announce),
                new Programs(installation, workspace, ports),
                new ConfigFiles(workspace, ports, endpoints),
                secret,
                ports);
    }

    /**
     * Starts servers: all at once, but Trino after the catalog, without which it ends. {@link #ready} tells when they
     * serve.
     *
     * @param lasting whether they will serve for longer than one question
     */
    public void start(Set<Server> servers, Pipelines pipelines, boolean lasting) throws CommandFailure, IOException {
        for (Server server : servers) {
            Program program = switch (server) {
                case KAFKA -> programs.kafka();
                case S3 -> programs.s3(secret);
                case CATALOG -> programs.catalog();
                case MERGE -> programs.merge(configs.merge(pipelines));
                case SQL -> lasting ? programs.lastingSql(endpoints) : programs.sql(Server.SQL.process(), endpoints);
            };
            ready.put(
                    server,
                    server == Server.SQL
                            ? ready(Server.CATALOG).thenCompose(port -> supervisor.start(program))
                            : supervisor.start(program));
        }
    }

    /** Completed when a server that was started serves; fails with a {@link ProcessFailure}. */
    public CompletableFuture<Integer> ready(Server server) {
        CompletableFuture<Integer> future = ready.get(server);
        if (future == null) {
            throw new IllegalStateException(server + " was not started");
        }
        return future;
    }

    /** Says to others where the stack answers. */
    public void publishEndpoints() throws IOException {
        endpoints.write(workspace);
    }

    /** Where the stack answers. */
    public Endpoints endpoints() {
        return endpoints;
    }

    /** Starts the daemon that stages. */
    public void startConsumer(List<String> topics, String maxAge) throws CommandFailure, IOException {
        Program program = programs.consumer(configs.consumer(Programs.CONSUMER, topics, maxAge));
        supervisor.start(program).join();
        endpoints = endpoints.withConsumer("127.0.0.1:" + ports.consumer());
    }

    /** Starts the stand-in for an instance, on a port that it keeps. Completed once it serves. */
    public CompletableFuture<Source> startStandIn(Source source) throws CommandFailure {
        int port;
        try {
            port = LoopbackPort.free();
        } catch (ServerStartException none) {
            throw CommandFailure.failed(String.valueOf(none.getMessage()));
        }
        Following following = source.following().orElseThrow().at(port);
        return supervisor.start(programs.standIn(port)).thenApply(serving -> Source.of(following, source.topic()));
    }

    /** Starts a daemon that publishes. Returns where its health and metrics are. */
    public String startProducer(Source source) throws CommandFailure, IOException {
        int port;
        try {
            port = source.following().isPresent() ? LoopbackPort.free() : ports.producer();
        } catch (ServerStartException none) {
            throw CommandFailure.failed(String.valueOf(none.getMessage()));
        }
        Program program = programs.producer(source, configs.producer(source, port));
        producers.add(program.name());
        supervisor.start(program).join();
        return "127.0.0.1:" + port;
    }

    /** Stops a daemon that publishes, and waits until it has committed what it holds. */
    public void stopProducer(Source source) {
        supervisor.stop(List.of(source.process()));
    }

    /** Says that Trino runs. */
    public void sqlServes() throws IOException {
        endpoints = endpoints.withSql("127.0.0.1:" + ports.sql());
        endpoints.write(workspace);
    }

    /** The producer's health and metrics. */
    public String producerAddress() {
        return "127.0.0.1:" + ports.producer();
    }

    /** Room on the disk of the data directory. */
    public long freeBytes() throws CommandFailure {
        try {
            return Files.getFileStore(workspace.root()).getUsableSpace();
        } catch (IOException e) {
            throw CommandFailure.failed("data directory " + workspace.root() + " cannot be looked at: " + e);
        }
    }

    /** Its processes. */
    public Supervisor supervisor() {
        return supervisor;
    }

    /** Stops everything: first what publishes, then what stages and merges, then what these need. */
    @Override
    public synchronized void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        supervisor.stop(List.copyOf(producers));
        supervisor.stop(List.of(Programs.CONSUMER, Server.MERGE.process(), Server.SQL.process()));
        supervisor.stop(
                List.of(Server.KAFKA.process(), Server.S3.process(), Server.CATALOG.process(), Programs.STAND_IN));
        supervisor.close();
        Endpoints.forget(workspace);
        ports.close();
    }
}

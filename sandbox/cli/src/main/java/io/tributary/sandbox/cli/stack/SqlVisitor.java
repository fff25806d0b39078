package io.tributary.sandbox.cli.stack;

import io.tributary.daemon.MonotonicClock;
import io.tributary.sandbox.cli.CommandFailure;
import io.tributary.sandbox.cli.process.Supervisor;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/** A Trino of one's own beside a stack that runs without one. The owner closes it. */
public final class SqlVisitor implements AutoCloseable {
    private final Ports ports;
    private final Supervisor supervisor;
    private final CompletableFuture<Integer> ready;
    private final Endpoints endpoints;

    private SqlVisitor(Ports ports, Supervisor supervisor, CompletableFuture<Integer> ready, Endpoints endpoints) {
        this.ports = ports;
        this.supervisor = supervisor;
        this.ready = ready;
        this.endpoints = endpoints;
    }

    /** Starts it. {@link #ready} tells when it serves. */
    public static SqlVisitor start(Installation installation, Workspace workspace, Endpoints running)
            throws CommandFailure {
        Ports ports = Ports.claim();
        Supervisor supervisor =
                new Supervisor(workspace.run(), workspace.logs(), MonotonicClock.system(), restarted -> {});
        Programs programs = new Programs(installation, workspace, ports);
        String name = "sql-" + ProcessHandle.current().pid();
        CompletableFuture<Integer> ready = supervisor.start(programs.sql(name, running));
        return new SqlVisitor(ports, supervisor, ready, running.withSql("127.0.0.1:" + ports.sql()));
    }

    /** Completed when it serves. */
    public CompletableFuture<Integer> ready() {
        return ready;
    }

    /** The running stack's, and its own. */
    public Endpoints endpoints() {
        return endpoints;
    }

    /** Looks after its process. */
    public Supervisor supervisor() {
        return supervisor;
    }

    @Override
    public void close() throws IOException {
        supervisor.close();
        ports.close();
    }
}

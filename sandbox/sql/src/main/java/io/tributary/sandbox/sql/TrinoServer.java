package io.tributary.sandbox.sql;

import io.tributary.sandbox.server.LoopbackPort;
import io.tributary.sandbox.server.RunningServer;
import io.tributary.sandbox.server.ServerStartException;
import io.trino.plugin.iceberg.IcebergPlugin;
import io.trino.server.testing.TestingTrinoServer;
import java.io.IOException;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Trino in this JVM: one node that is coordinator and worker, with the lake as its only catalog, named as Athena names
 * it. Started and closed by one thread each, in that order; queries run on Trino's threads.
 */
final class TrinoServer implements RunningServer {
    static final String CATALOG = "awsdatacatalog";
    static final String SCHEMA = "lake";
    /** Loggers and their levels; held, because a logger that nobody holds forgets its level. */
    private static final Map<Logger, Level> LEVELS = Map.of(
            Logger.getLogger(""),
            Level.WARNING,
            // Complains about Trino's own resources.
            Logger.getLogger("org.glassfish.jersey.internal"),
            Level.SEVERE);

    private final TestingTrinoServer server;

    private TrinoServer(TestingTrinoServer server) {
        this.server = server;
    }

    /** Returns when the server answers queries. */
    static TrinoServer start(LakeCatalog lake, int port) throws ServerStartException {
        LEVELS.forEach(Logger::setLevel);
        int clientPort = LoopbackPort.orFree(port);
        LoopbackPort.requireFree(clientPort);
        TestingTrinoServer server = TestingTrinoServer.builder()
                .setProperties(Map.of(
                        "http-server.http.port", Integer.toString(clientPort),
                        "query.max-memory", "256MB",
                        "query.max-memory-per-node", "256MB",
                        "memory.heap-headroom-per-node", "64MB"))
                .build();
        server.installPlugin(new IcebergPlugin());
        server.createCatalog(CATALOG, "iceberg", lake.connectorSettings());
        return new TrinoServer(server);
    }

    @Override
    public int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}

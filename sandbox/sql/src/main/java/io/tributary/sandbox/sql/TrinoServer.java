package io.tributary.sandbox.sql;

import io.tributary.sandbox.server.LoopbackPort;
import io.tributary.sandbox.server.RunningServer;
import io.tributary.sandbox.server.ServerStartException;
import io.trino.plugin.iceberg.IcebergPlugin;
import io.trino.server.testing.TestingTrinoServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

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

    private final Path scratch;

    private TrinoServer(TestingTrinoServer server, Path scratch) {
        this.server = server;
        this.scratch = scratch;
    }

    /** Returns when the server answers queries. */
    static TrinoServer start(LakeCatalog lake, int port) throws ServerStartException, IOException {
        LEVELS.forEach(Logger::setLevel);
        int clientPort = LoopbackPort.orFree(port);
        LoopbackPort.requireFree(clientPort);
        Path scratch = Files.createTempDirectory("trino-");
        TestingTrinoServer server = TestingTrinoServer.builder()
                .setBaseDataDir(Optional.of(scratch))
                .setProperties(Map.of(
                        "http-server.http.port", Integer.toString(clientPort),
                        "query.max-memory", "256MB",
                        "query.max-memory-per-node", "256MB",
                        "memory.heap-headroom-per-node", "64MB"))
                .build();
        server.installPlugin(new IcebergPlugin());
        server.createCatalog(CATALOG, "iceberg", lake.connectorSettings());
        return new TrinoServer(server, scratch);
    }

    @Override
    public int port() {
        return server.getAddress().getPort();
    }

    /**
     * Removes what Trino wrote. Trino itself ends with the process: it only reads, so nothing of its own has to be
     * finished, and its close waits five seconds for each idle pool.
     */
    @Override
    public void close() throws IOException {
        List<Path> written;
        try (Stream<Path> files = Files.walk(scratch)) {
            written = files.sorted(Comparator.reverseOrder()).toList();
        } catch (UncheckedIOException goneMeanwhile) {
            return;
        }
        for (Path file : written) {
            try {
                Files.deleteIfExists(file);
            } catch (DirectoryNotEmptyException writtenMeanwhile) {
                // Whoever owns the directory of temporary files empties it.
            }
        }
    }
}

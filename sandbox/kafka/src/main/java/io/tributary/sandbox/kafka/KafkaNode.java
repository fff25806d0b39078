package io.tributary.sandbox.kafka;

import io.tributary.sandbox.server.DataDirectory;
import io.tributary.sandbox.server.RunningServer;
import io.tributary.sandbox.server.ServerStartException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.common.utils.Time;

/**
 * One node that is broker and controller at once, its data kept in a directory and reused at the next start. Owns the
 * directory; started and closed by one thread each, in that order.
 */
final class KafkaNode implements RunningServer {
    private final DataDirectory directory;
    private final KafkaRaftServer server;
    private final int port;

    private KafkaNode(DataDirectory directory, KafkaRaftServer server, int port) {
        this.directory = directory;
        this.server = server;
        this.port = port;
    }

    /** Returns when the broker serves clients. */
    static KafkaNode start(DataDirectory directory, int port, Quorum quorum, Map<String, String> more)
            throws IOException, ServerStartException {
        Path log = directory.path().resolve("log");
        Properties settings = KafkaSettings.of(log, port, quorum, more);
        if (!Files.exists(log.resolve("meta.properties"))) {
            format(directory.path().resolve("server.properties"), settings, quorum.clusterId());
        }
        KafkaRaftServer server = new KafkaRaftServer(KafkaConfig.fromProps(settings), Time.SYSTEM);
        server.startup();
        return new KafkaNode(directory, server, port);
    }

    private static void format(Path file, Properties settings, String clusterId)
            throws IOException, ServerStartException {
        try (Writer writer = Files.newBufferedWriter(file, StandardCharsets.ISO_8859_1)) {
            settings.store(writer, null);
        }
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        String[] command = {"format", "--cluster-id", clusterId, "--config", file.toString(), "--ignore-formatted"};
        int code = StorageTool.execute(command, new PrintStream(said, true, StandardCharsets.UTF_8));
        if (code != 0) {
            throw new ServerStartException("could not format the data directory " + file.getParent() + ": "
                    + said.toString(StandardCharsets.UTF_8).strip());
        }
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public void close() throws IOException {
        server.shutdown();
        server.awaitShutdown();
        directory.close();
    }
}

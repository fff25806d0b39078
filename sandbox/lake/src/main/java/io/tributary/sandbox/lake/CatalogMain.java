package io.tributary.sandbox.lake;

import io.tributary.sandbox.server.DataDirectory;
import io.tributary.sandbox.server.LoopbackPort;
import io.tributary.sandbox.server.RunningServer;
import io.tributary.sandbox.server.ServerProcess;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Serves the database of the Iceberg catalog on 127.0.0.1 until told to stop. The main thread starts it. */
@Command(description = "The database of the Iceberg catalog (H2), on 127.0.0.1.", mixinStandardHelpOptions = true)
public final class CatalogMain implements Callable<RunningServer> {
    @Option(names = "--data", required = true, description = "Directory that holds the database; reused.")
    private Path data = Path.of("");

    @Option(names = "--port", required = true, description = "Port for clients; 0 takes any free one.")
    private int port;

    @Option(names = "--stop-with-stdin", description = "Stop when standard input ends.")
    private boolean stopWithStdin;

    public static void main(String[] args) {
        // Read when H2's classes are loaded.
        System.setProperty("h2.bindAddress", "127.0.0.1");
        ServerProcess.run("catalog", new CatalogMain(), args);
    }

    @Override
    public RunningServer call() throws Exception {
        if (stopWithStdin) {
            ServerProcess.stopWithStandardInput();
        }
        DataDirectory directory = DataDirectory.open(data);
        int clientPort = LoopbackPort.orFree(port);
        LoopbackPort.requireFree(clientPort);
        return CatalogServer.start(directory, clientPort);
    }
}

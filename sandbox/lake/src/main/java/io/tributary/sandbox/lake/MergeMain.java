package io.tributary.sandbox.lake;

import io.tributary.daemon.config.ConfigException;
import io.tributary.etl.ConfigSource;
import io.tributary.etl.MergesFailedException;
import io.tributary.etl.Reasons;
import io.tributary.etl.config.MergeConfig;
import io.tributary.sandbox.server.LoopbackPort;
import io.tributary.sandbox.server.RunningServer;
import io.tributary.sandbox.server.ServerProcess;
import io.tributary.sandbox.server.ServerStartException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Keeps a Spark session on this machine and merges when asked to, over HTTP on 127.0.0.1. The main thread starts it.
 */
@Command(description = "The merge, kept warm, on 127.0.0.1.", mixinStandardHelpOptions = true)
public final class MergeMain implements Callable<RunningServer> {
    @Option(names = "--config", required = true, paramLabel = "FILE", description = "The merge's configuration.")
    private String config = "";

    @Option(names = "--port", description = "Port for requests; 0 takes any free one.")
    private int port;

    @Option(names = "--once", description = "Merge once, print the report as JSON, and exit.")
    private boolean once;

    @Option(names = "--stop-with-stdin", description = "Stop when standard input ends.")
    private boolean stopWithStdin;

    public static void main(String[] args) {
        ServerProcess.run("merge", new MergeMain(), args);
    }

    @Override
    public RunningServer call() throws Exception {
        if (stopWithStdin) {
            ServerProcess.stopWithStandardInput();
        }
        MergeConfig settings;
        try {
            settings = ConfigSource.read(config, System.getenv());
        } catch (ConfigException bad) {
            throw new ServerStartException(String.valueOf(bad.getMessage()), bad);
        }
        if (once) {
            mergeOnce(settings);
        }
        int requestPort = LoopbackPort.orFree(port);
        LoopbackPort.requireFree(requestPort);
        return MergeServer.start(settings, requestPort);
    }

    /** Ends the process. */
    private static void mergeOnce(MergeConfig settings) {
        int code = 0;
        try (LocalLake lake = LocalLake.open(settings)) {
            System.out.println(lake.merge().toJson());
        } catch (MergesFailedException some) {
            System.out.println(some.report().toJson());
            System.err.println("merge: " + some.getMessage());
            code = 1;
        } catch (Exception failure) {
            // Not only unchecked ones: Spark, written in Scala, throws checked exceptions that it does not declare.
            System.err.println("merge: " + Reasons.of(failure));
            code = 1;
        }
        System.out.flush();
        Runtime.getRuntime().halt(code);
    }
}

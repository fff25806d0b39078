package io.tributary.sandbox.kafka;

import io.tributary.sandbox.server.DataDirectory;
import io.tributary.sandbox.server.LoopbackPort;
import io.tributary.sandbox.server.RunningServer;
import io.tributary.sandbox.server.ServerProcess;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.kafka.common.utils.Exit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Serves a Kafka broker on 127.0.0.1 until told to stop. The main thread starts it. */
@Command(
        description = "A Kafka broker (KRaft, broker and controller in one) on 127.0.0.1, alone or one of several.",
        mixinStandardHelpOptions = true)
public final class KafkaMain implements Callable<RunningServer> {
    static final String NAME = "kafka";

    @Option(names = "--data", required = true, description = "Directory that holds everything; reused.")
    private Path data = Path.of("");

    @Option(names = "--port", required = true, description = "Port for clients; 0 takes any free one.")
    private int port;

    @Option(names = "--stop-with-stdin", description = "Stop when standard input ends.")
    private boolean stopWithStdin;

    @Option(names = "--node-id", description = "Which of the voters this is. Default: ${DEFAULT-VALUE}.")
    private int nodeId = 1;

    @Option(
            names = "--voters",
            split = ",",
            paramLabel = "ID@PORT",
            description = "All nodes of the cluster and the ports of their controllers; without it this one is alone.")
    private List<String> voters = List.of();

    @Option(names = "--cluster-id", description = "What all nodes of the cluster have in common; goes with --voters.")
    private Optional<String> clusterId = Optional.empty();

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "A setting of the broker; may be repeated.")
    private Map<String, String> more = Map.of();

    public static void main(String[] args) {
        Exit.setExitProcedure(KafkaMain::brokerGaveUp);
        Exit.setHaltProcedure(KafkaMain::brokerGaveUp);
        ServerProcess.run(NAME, new KafkaMain(), args);
    }

    @Override
    public RunningServer call() throws Exception {
        if (stopWithStdin) {
            ServerProcess.stopWithStandardInput();
        }
        DataDirectory directory = DataDirectory.open(data);
        int clientPort = LoopbackPort.orFree(port);
        LoopbackPort.requireFree(clientPort);
        Quorum quorum = voters.isEmpty() ? Quorum.alone() : Quorum.of(clusterId, nodeId, voters);
        return KafkaNode.start(directory, clientPort, quorum, more);
    }

    /** Kafka ends the process itself where it cannot go on, above all when its disk fails: say so, never hang. */
    private static void brokerGaveUp(int status, @org.jspecify.annotations.Nullable String message) {
        ServerProcess.die(
                NAME,
                "the broker gave up" + (message == null ? "" : " (" + message + ")")
                        + ": see the errors above; a full or failing disk under the data directory is the usual cause");
    }
}

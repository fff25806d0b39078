package io.tributary.sandbox.kafka;

import io.tributary.sandbox.server.DataDirectory;
import io.tributary.sandbox.server.LoopbackPort;
import io.tributary.sandbox.server.RunningServer;
import io.tributary.sandbox.server.ServerProcess;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.apache.kafka.common.utils.Exit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Serves one Kafka broker on 127.0.0.1 until told to stop. The main thread starts it. */
@Command(description = "A Kafka broker (KRaft, one node) on 127.0.0.1.", mixinStandardHelpOptions = true)
public final class KafkaMain implements Callable<RunningServer> {
    static final String NAME = "kafka";

    @Option(names = "--data", required = true, description = "Directory that holds everything; reused.")
    private Path data = Path.of("");

    @Option(names = "--port", required = true, description = "Port for clients; 0 takes any free one.")
    private int port;

    @Option(names = "--stop-with-stdin", description = "Stop when standard input ends.")
    private boolean stopWithStdin;

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
        return KafkaNode.start(directory, clientPort, LoopbackPort.free());
    }

    /** Kafka ends the process itself where it cannot go on, above all when its disk fails: say so, never hang. */
    private static void brokerGaveUp(int status, @org.jspecify.annotations.Nullable String message) {
        ServerProcess.die(
                NAME,
                "the broker gave up" + (message == null ? "" : " (" + message + ")")
                        + ": see the errors above; a full or failing disk under the data directory is the usual cause");
    }
}

package io.tributary.sandbox.s3;

import io.tributary.sandbox.server.DataDirectory;
import io.tributary.sandbox.server.LoopbackPort;
import io.tributary.sandbox.server.RunningServer;
import io.tributary.sandbox.server.SecretFromEnv;
import io.tributary.sandbox.server.ServerProcess;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Serves S3 over a directory on 127.0.0.1 until told to stop. The main thread starts it. */
@Command(description = "An S3 server over a directory, on 127.0.0.1.", mixinStandardHelpOptions = true)
public final class S3Main implements Callable<RunningServer> {
    @Option(names = "--data", required = true, description = "Directory that holds everything; reused.")
    private Path data = Path.of("");

    @Option(names = "--port", required = true, description = "Port for clients; 0 takes any free one.")
    private int port;

    @Option(names = "--access-key", required = true, description = "The one access key that is accepted.")
    private String accessKey = "";

    @Option(names = "--secret-key-env", required = true, description = "Environment variable with its secret key.")
    private String secretKeyEnv = "";

    @Option(names = "--stop-with-stdin", description = "Stop when standard input ends.")
    private boolean stopWithStdin;

    public static void main(String[] args) {
        ServerProcess.run("s3", new S3Main(), args);
    }

    @Override
    public RunningServer call() throws Exception {
        if (stopWithStdin) {
            ServerProcess.stopWithStandardInput();
        }
        String secretKey = SecretFromEnv.read(System.getenv(), secretKeyEnv);
        DataDirectory directory = DataDirectory.open(data);
        int clientPort = LoopbackPort.orFree(port);
        LoopbackPort.requireFree(clientPort);
        return S3Server.start(directory, clientPort, accessKey, secretKey);
    }
}

package io.tributary.sandbox.sql;

import io.tributary.sandbox.server.RunningServer;
import io.tributary.sandbox.server.SecretFromEnv;
import io.tributary.sandbox.server.ServerProcess;
import java.net.URI;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Serves SQL over the lake on 127.0.0.1 until told to stop. The main thread starts it. */
@Command(description = "Trino over the lake, on 127.0.0.1.", mixinStandardHelpOptions = true)
public final class SqlMain implements Callable<RunningServer> {
    @Option(names = "--catalog-jdbc", required = true, description = "JDBC URL of the Iceberg catalog (H2).")
    private String catalogJdbc = "";

    @Option(names = "--warehouse", required = true, description = "Where the catalog's tables lie: s3://bucket/path.")
    private String warehouse = "";

    @Option(names = "--s3-endpoint", required = true, description = "URL of the S3 server.")
    private URI s3Endpoint = URI.create("");

    @Option(names = "--s3-access-key", required = true, description = "Access key of the S3 server.")
    private String s3AccessKey = "";

    @Option(names = "--s3-secret-key-env", required = true, description = "Environment variable with its secret key.")
    private String s3SecretKeyEnv = "";

    @Option(names = "--port", required = true, description = "Port for clients; 0 takes any free one.")
    private int port;

    @Option(names = "--warm-up", description = "Once ready, prepare for a quick first answer.")
    private boolean warmUp;

    @Option(names = "--stop-with-stdin", description = "Stop when standard input ends.")
    private boolean stopWithStdin;

    public static void main(String[] args) {
        ServerProcess.run("sql", new SqlMain(), args);
    }

    @Override
    public RunningServer call() throws Exception {
        if (stopWithStdin) {
            ServerProcess.stopWithStandardInput();
        }
        String secretKey = SecretFromEnv.read(System.getenv(), s3SecretKeyEnv);
        LakeCatalog lake = new LakeCatalog(catalogJdbc, warehouse, s3Endpoint, s3AccessKey, secretKey);
        lake.requireAnswer();
        TrinoServer server = TrinoServer.start(lake, port);
        if (warmUp) {
            WarmUp.start(server.port());
        }
        return server;
    }
}

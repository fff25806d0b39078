package io.tributary.sandbox.cli.stack;

import io.tributary.daemon.config.Secret;
import io.tributary.sandbox.cli.CommandFailure;
import io.tributary.sandbox.cli.process.Leftovers;
import io.tributary.sandbox.cli.process.Program;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The command line of each process. Immutable.
 *
 * @param installation where the jars are
 * @param workspace    whose data they serve
 * @param ports        on which ports
 */
record Programs(Installation installation, Workspace workspace, Ports ports) {
    static final String ACCESS_KEY = "tributary";
    static final String CONSUMER = "consumer-1";
    /** The process that stands in for an instance. */
    static final String STAND_IN = "mastodon";

    private static final String UNTIL_PARENT_ENDS = "--stop-with-stdin";
    private static final String SECRET_VARIABLE = "SANDBOX_S3_SECRET_KEY";
    private static final List<String> SMALL = List.of("-Xmx128m", "-XX:+UseSerialGC");
    private static final List<String> DAEMON = List.of("-Xmx512m", "-XX:+UseG1GC", "-XX:+ExitOnOutOfMemoryError");

    Program kafka() throws CommandFailure {
        return server(
                Server.KAFKA,
                installation.server("kafka", mark(), "io.tributary.sandbox.kafka.KafkaMain"),
                List.of("--data", data("kafka"), "--port", text(ports.kafka()), UNTIL_PARENT_ENDS),
                Map.of());
    }

    Program s3(Secret secret) throws CommandFailure {
        return server(
                Server.S3,
                installation.server("s3", mark(), "io.tributary.sandbox.s3.S3Main"),
                List.of(
                        "--data",
                        data("s3"),
                        "--port",
                        text(ports.s3()),
                        "--access-key",
                        ACCESS_KEY,
                        "--secret-key-env",
                        SECRET_VARIABLE,
                        UNTIL_PARENT_ENDS),
                Map.of(SECRET_VARIABLE, secret.reveal()));
    }

    Program catalog() throws CommandFailure {
        return server(
                Server.CATALOG,
                installation.plainServer("lake", marked(SMALL), "io.tributary.sandbox.lake.CatalogMain"),
                List.of("--data", data("catalog"), "--port", text(ports.catalog()), UNTIL_PARENT_ENDS),
                Map.of());
    }

    Program merge(Path config) throws CommandFailure {
        return server(
                Server.MERGE,
                installation.server("lake", mark(), "io.tributary.sandbox.lake.MergeMain"),
                List.of("--config", config.toString(), "--port", text(ports.merge()), UNTIL_PARENT_ENDS),
                Map.of());
    }

    /** Trino for one question. */
    Program sql(String name, Endpoints endpoints) throws CommandFailure {
        List<String> command = new ArrayList<>(installation.server("sql", mark(), "io.tributary.sandbox.sql.SqlMain"));
        command.addAll(List.of(
                "--catalog-jdbc",
                endpoints.catalogJdbc(),
                "--warehouse",
                ConfigFiles.warehouse(endpoints),
                "--s3-endpoint",
                endpoints.s3(),
                "--s3-access-key",
                endpoints.s3AccessKey(),
                "--s3-secret-key-env",
                SECRET_VARIABLE,
                "--port",
                text(ports.sql()),
                UNTIL_PARENT_ENDS));
        return new Program(
                name, command, Map.of(SECRET_VARIABLE, endpoints.s3SecretKey().reveal()), Program.Kind.SERVER);
    }

    /** Trino that stays: the first question finds it warm. Nothing else needs it. */
    Program lastingSql(Endpoints endpoints) throws CommandFailure {
        Program once = sql(Server.SQL.process(), endpoints);
        List<String> command = new ArrayList<>(once.command());
        command.add("--warm-up");
        return new Program(once.name(), command, once.environment(), Program.Kind.EXTRA_SERVER);
    }

    Program consumer(Path config) throws CommandFailure {
        return daemon(CONSUMER, "consumer-daemon", config, Program.Kind.DAEMON);
    }

    Program producer(Source source, Path config) throws CommandFailure {
        Program program = daemon(
                source.process(), "producer-daemon", config, source.follow() ? Program.Kind.DAEMON : Program.Kind.TASK);
        return new Program(
                program.name(),
                program.command(),
                source.following().map(Following::environment).orElse(Map.of()),
                program.kind());
    }

    Program standIn(int port) throws CommandFailure {
        List<String> command =
                new ArrayList<>(installation.server("mastodon", mark(), "io.tributary.sandbox.mastodon.MastodonMain"));
        command.addAll(List.of("--port", text(port), UNTIL_PARENT_ENDS));
        return new Program(STAND_IN, command, Map.of(), Program.Kind.SERVER);
    }

    /** A command of a daemon's jar. */
    Program command(String jar, String command, Path config, List<String> arguments) throws CommandFailure {
        List<String> all = new ArrayList<>(installation.daemon(jar, marked(memory(command))));
        all.addAll(List.of(command, "--config", config.toString()));
        all.addAll(arguments);
        return new Program(command, all, Map.of(), Program.Kind.TASK);
    }

    /** A replay holds whole links, as the daemons do. */
    static List<String> memory(String command) {
        return "replay".equals(command) ? DAEMON : SMALL;
    }

    private Program daemon(String name, String jar, Path config, Program.Kind kind) throws CommandFailure {
        List<String> command = new ArrayList<>(installation.daemon(jar, marked(DAEMON)));
        command.addAll(List.of("--config", config.toString()));
        return new Program(name, command, Map.of(), kind);
    }

    private static Program server(
            Server server, List<String> java, List<String> arguments, Map<String, String> environment) {
        List<String> command = new ArrayList<>(java);
        command.addAll(arguments);
        return new Program(server.process(), command, environment, Program.Kind.SERVER);
    }

    private List<String> mark() {
        return marked(List.of());
    }

    private List<String> marked(List<String> jvm) {
        List<String> all = new ArrayList<>(jvm);
        all.add(0, Leftovers.mark(workspace.root()));
        all.add("-Djava.io.tmpdir=" + workspace.temporary());
        return all;
    }

    private String data(String server) {
        return workspace.of(server).toString();
    }

    private static String text(int port) {
        return Integer.toString(port);
    }
}

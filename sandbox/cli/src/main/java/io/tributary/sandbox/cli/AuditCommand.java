package io.tributary.sandbox.cli;

import io.tributary.sandbox.cli.audit.AuditReport;
import io.tributary.sandbox.cli.pipeline.AuditText;
import io.tributary.sandbox.cli.pipeline.Clients;
import io.tributary.sandbox.cli.stack.Installation;
import io.tributary.sandbox.cli.stack.Pipelines;
import io.tributary.sandbox.cli.stack.Server;
import io.tributary.sandbox.cli.stack.Workspace;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code audit}: proves that what was published is in the lake, or says what is not and where. */
@Command(
        name = "audit",
        description =
                "Compares, for every topic partition: published = in Kafka + expired = staged = merged into the lake; "
                        + "and that the chains of staged objects are whole. Exit code 0 only if all is equal.",
        mixinStandardHelpOptions = true)
final class AuditCommand implements Callable<Integer> {
    @Option(names = "--deep", description = "Also re-read all that is staged, and compare contents by digest.")
    private boolean deep;

    @Option(names = "--output", paramLabel = "FORM", description = "text or json. Default: ${DEFAULT-VALUE}.")
    private Form output = Form.TEXT;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Directory that keeps everything. Default: ${DEFAULT-VALUE}.")
    private Path data = Path.of("data");

    /** How to print the outcome. */
    enum Form {
        TEXT,
        JSON;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Override
    public Integer call() throws Exception {
        Installation installation = Installation.current();
        Workspace workspace = Reading.workspace(data);
        Pipelines pipelines = Reading.pipelines(workspace);
        AuditReport report = new Access(installation, workspace, pipelines, Terminal.err())
                .with(
                        "tributary audit",
                        EnumSet.of(Server.KAFKA, Server.S3, Server.CATALOG, Server.MERGE),
                        (endpoints, patience) -> {
                            try (Clients clients = Clients.of(endpoints)) {
                                return clients.gathering().audit(pipelines, deep);
                            }
                        });
        if (output == Form.JSON) {
            System.out.println(AuditText.json(report, deep));
        } else {
            AuditText.lines(report).forEach(System.out::println);
        }
        return report.equal() ? 0 : 1;
    }
}

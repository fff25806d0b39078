package io.tributary.sandbox.cli;

import io.tributary.sandbox.cli.stack.Installation;
import io.tributary.sandbox.cli.stack.Pipelines;
import io.tributary.sandbox.cli.stack.Server;
import io.tributary.sandbox.cli.stack.Tools;
import io.tributary.sandbox.cli.stack.Workspace;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code skip}: moves a chain of staged objects on past offsets, on purpose. */
@Command(
        name = "skip",
        description =
                "Moves staging of a partition on to an offset, on purpose: what is skipped is not staged, and the "
                        + "audit names it with the reason. A running stack goes on meanwhile. Done twice, it is done once.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class SkipCommand implements Callable<Integer> {
    @Option(names = "--topic", paramLabel = "T", required = true, description = "The topic.")
    private String topic = "";

    @Option(names = "--partition", paramLabel = "P", required = true, description = "Its partition.")
    private int partition;

    @Option(
            names = "--to",
            paramLabel = "OFFSET",
            required = true,
            description = "The first offset that is staged again; not beyond the log's end.")
    private long to;

    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            required = true,
            description = "Why, for those who will read the audit.")
    private String reason = "";

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Directory that keeps everything. Default: ${DEFAULT-VALUE}.")
    private Path data = Path.of("data");

    @Override
    public Integer call() throws Exception {
        Installation installation = Installation.current();
        Workspace workspace = Reading.workspace(data);
        Pipelines pipelines = Reading.pipelines(workspace);
        List<String> arguments =
                List.of("--topic=" + topic, "--partition=" + partition, "--to=" + to, "--reason=" + reason);
        return new Access(installation, workspace, pipelines, Terminal.err())
                .with(
                        "tributary skip",
                        EnumSet.of(Server.KAFKA, Server.S3),
                        (endpoints, patience) ->
                                new Tools(installation, workspace, endpoints).skip(pipelines.topics(), arguments));
    }
}

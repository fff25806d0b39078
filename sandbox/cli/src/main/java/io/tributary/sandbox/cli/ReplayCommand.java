package io.tributary.sandbox.cli;

import io.tributary.sandbox.cli.stack.Installation;
import io.tributary.sandbox.cli.stack.Pipelines;
import io.tributary.sandbox.cli.stack.Server;
import io.tributary.sandbox.cli.stack.Tools;
import io.tributary.sandbox.cli.stack.Workspace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code replay}: writes a chain anew under another prefix, compares, and lets the chain go on there. */
@Command(
        name = "replay",
        description =
                "start writes a partition's whole chain anew under another staging prefix: the asked offsets and all "
                        + "holes are read from Kafka again, the rest is copied. diff compares the two; exit code 0 only if the new "
                        + "one is whole and differs at the asked offsets or nowhere. switch lets the chain go on in the new one, "
                        + "if it is good: a running stack follows.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class ReplayCommand implements Callable<Integer> {
    @Parameters(paramLabel = "start|diff|switch", description = "What to do.")
    private Action action = Action.DIFF;

    @Option(
            names = "--into",
            paramLabel = "PREFIX",
            required = true,
            description = "The new generation's staging prefix, for example staging.2.")
    private String into = "";

    @Option(names = "--topic", paramLabel = "T", required = true, description = "The topic.")
    private String topic = "";

    @Option(names = "--partition", paramLabel = "P", required = true, description = "Its partition.")
    private int partition;

    @Option(
            names = "--from",
            paramLabel = "OFFSET|TIME",
            description = "The first offset to read again, or a time such as 2026-05-03T10:00:00Z. Not for switch, nor "
                    + "is --to.")
    private String from = "";

    @Option(
            names = "--to",
            paramLabel = "OFFSET|TIME",
            description = "The first offset, or the time, behind what is read again.")
    private String to = "";

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Directory that keeps everything. Default: ${DEFAULT-VALUE}.")
    private Path data = Path.of("data");

    /** What to do. */
    enum Action {
        START,
        DIFF,
        SWITCH
    }

    @Override
    public Integer call() throws Exception {
        Installation installation = Installation.current();
        Workspace workspace = Reading.workspace(data);
        Pipelines pipelines = Reading.pipelines(workspace);
        List<String> arguments = new ArrayList<>(List.of(
                action.name().toLowerCase(Locale.ROOT),
                "--into=" + into,
                "--topic=" + topic,
                "--partition=" + partition));
        if (!from.isEmpty()) {
            arguments.add("--from=" + from);
        }
        if (!to.isEmpty()) {
            arguments.add("--to=" + to);
        }
        return new Access(installation, workspace, pipelines, Terminal.err())
                .with(
                        "tributary replay",
                        EnumSet.of(Server.KAFKA, Server.S3),
                        (endpoints, patience) -> new Tools(installation, workspace, endpoints)
                                .consumer("replay", pipelines.topics(), arguments));
    }
}

package io.tributary.sandbox.cli;

import io.tributary.sandbox.cli.process.DataLock;
import io.tributary.sandbox.cli.stack.Endpoints;
import io.tributary.sandbox.cli.stack.Pipelines;
import io.tributary.sandbox.cli.stack.Workspace;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code status}: what runs, on which ports, and how far each hop is. Starts nothing. */
@Command(
        name = "status",
        description =
                "Says what runs, on which ports, and how far publishing, staging and merging are. Starts nothing.",
        mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Directory that keeps everything. Default: ${DEFAULT-VALUE}.")
    private Path data = Path.of("data");

    @Override
    public Integer call() throws Exception {
        if (!Workspace.exists(data)) {
            System.out.println("no data directory " + data + ": `./tributary run` makes one");
            return 0;
        }
        Workspace workspace = Workspace.open(data);
        if (!DataLock.held(workspace.run())) {
            new StatusText(workspace, Pipelines.of(workspace)).atRest();
            return 0;
        }
        Optional<Endpoints> endpoints = Endpoints.read(workspace);
        StatusText text = new StatusText(workspace, Pipelines.of(workspace));
        if (endpoints.isPresent()) {
            text.running(DataLock.holder(workspace.run()), endpoints.get());
        } else {
            System.out.println(DataLock.holder(workspace.run()) + " is starting or stopping its servers");
        }
        return 0;
    }
}

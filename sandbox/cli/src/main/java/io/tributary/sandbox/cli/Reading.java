package io.tributary.sandbox.cli;

import io.tributary.sandbox.cli.stack.Pipelines;
import io.tributary.sandbox.cli.stack.Workspace;
import java.nio.file.Path;

/** What commands that only read need: a data directory that has something in it. Stateless. */
final class Reading {
    private Reading() {}

    static Workspace workspace(Path data) throws CommandFailure {
        if (!Workspace.exists(data)) {
            throw CommandFailure.usage(
                    "no data directory " + data + ": `./tributary run` makes one; --data DIR names another");
        }
        return Workspace.open(data);
    }

    static Pipelines pipelines(Workspace workspace) throws CommandFailure {
        Pipelines pipelines = Pipelines.of(workspace);
        if (pipelines.isEmpty()) {
            throw CommandFailure.usage(
                    "nothing was published into " + workspace.root() + " yet: start with `./tributary run`");
        }
        return pipelines;
    }
}

package io.tributary.sandbox.cli;

import io.tributary.sandbox.cli.stack.Installation;
import io.tributary.sandbox.cli.stack.Pipeline;
import io.tributary.sandbox.cli.stack.Pipelines;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a command is to bring to the lake: files, an instance's posts, or both. Immutable.
 *
 * @param files      the files
 * @param followed   the instance
 * @param partitions of a new topic
 * @param data       the data directory
 */
record Wish(
        Optional<PipelineOptions.Request> files, Optional<FollowOptions.Followed> followed, int partitions, Path data) {

    /** What the options say, checked. Without any, the bundled sample. */
    static Wish of(PipelineOptions options, FollowOptions following, Installation installation, boolean watch)
            throws CommandFailure {
        Optional<PipelineOptions.Request> files = options.hasFiles() || !following.isGiven()
                ? Optional.of(options.request(installation, watch))
                : Optional.empty();
        return new Wish(files, following.followed(), options.partitions(), options.data());
    }

    List<Pipeline> pipelines() {
        List<Pipeline> all = new ArrayList<>();
        files.ifPresent(request -> all.add(request.pipeline()));
        followed.ifPresent(instance -> all.add(instance.pipeline()));
        return all;
    }

    Pipelines added(Pipelines known) throws CommandFailure {
        Pipelines all = known;
        for (Pipeline pipeline : pipelines()) {
            all = all.with(pipeline);
        }
        return all;
    }

    /** What goes where, for people. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        files.ifPresent(request -> lines.add(line(request.shown(), request.pipeline())));
        followed.ifPresent(instance -> lines.add(line(instance.shown(), instance.pipeline())));
        return lines;
    }

    private static String line(String what, Pipeline pipeline) {
        return what + " -> topic " + pipeline.topic() + " -> table " + pipeline.table();
    }
}

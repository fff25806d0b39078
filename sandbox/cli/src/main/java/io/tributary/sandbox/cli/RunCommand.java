package io.tributary.sandbox.cli;

import io.tributary.daemon.MonotonicClock;
import io.tributary.sandbox.cli.audit.AuditReport;
import io.tributary.sandbox.cli.console.Console;
import io.tributary.sandbox.cli.console.Text;
import io.tributary.sandbox.cli.pipeline.Live;
import io.tributary.sandbox.cli.pipeline.Steps;
import io.tributary.sandbox.cli.stack.Installation;
import io.tributary.sandbox.cli.stack.Pipeline;
import io.tributary.sandbox.cli.stack.Pipelines;
import io.tributary.sandbox.cli.stack.Workspace;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code run}: publishes files, brings them to the lake, shows what arrived, and stops. */
@Command(
        name = "run",
        description =
                "Publishes files, or the posts of an instance, to Kafka, stages them in S3, merges them into the lake, prints what arrived and "
                        + "the audit, and stops. Twice on the same files publishes nothing new.",
        mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
    private static final int INTERRUPTED = 130;
    private static final String ROLL_AGE = "1s";
    private static final double MINUTE_MILLIS = 60_000;
    private static final int MOST_MINUTES = 100_000;

    @Mixin
    private PipelineOptions options = new PipelineOptions();

    @Mixin
    private FollowOptions following = new FollowOptions();

    @Option(names = "--minutes", paramLabel = "N", description = "How long to follow an instance. Default: 1.")
    private @Nullable Double minutes;

    @Override
    public Integer call() throws Exception {
        Installation installation = Installation.current();
        Wish wish = Wish.of(options, following, installation, false);
        Duration follow = follow(wish.followed().isPresent());
        Console console = Terminal.out();
        MonotonicClock clock = MonotonicClock.system();
        long began = clock.millis();
        Workspace workspace = Workspace.open(wish.data());
        Outcome outcome;
        try (Session session = Session.require(installation, workspace, "tributary run", console)) {
            outcome = session.guarded(
                    () -> console.line("interrupted; the same command completes it"),
                    INTERRUPTED,
                    () -> run(session, wish, follow, console, clock));
        }
        console.line("done in " + Text.time(Duration.ofMillis(clock.millis() - began)));
        if (outcome.complaint().isPresent()) {
            throw CommandFailure.failed(outcome.complaint().get());
        }
        return outcome.report().equal() ? 0 : 1;
    }

    /** How a run went: its audit, and what the source had to leave out. */
    private record Outcome(AuditReport report, Optional<String> complaint) {}

    private Duration follow(boolean anInstance) throws CommandFailure {
        if (minutes == null) {
            return Duration.ofMinutes(1);
        }
        if (!anInstance) {
            throw CommandFailure.usage("--minutes goes with --mastodon URL");
        }
        if (!(minutes > 0) || minutes > MOST_MINUTES) {
            throw CommandFailure.usage("--minutes must be above 0 and at most " + MOST_MINUTES);
        }
        return Duration.ofMillis(Math.round(minutes * MINUTE_MILLIS));
    }

    private Outcome run(Session session, Wish wish, Duration follow, Console console, MonotonicClock clock)
            throws Exception {
        Workspace workspace = session.workspace();
        Pipelines known = Pipelines.of(workspace);
        Pipelines pipelines = wish.added(known);
        pipelines.save(workspace);
        wish.lines().forEach(console::line);
        try (Steps steps = new Steps(session.stack(), pipelines, console, clock)) {
            steps.boot(wish.partitions(), Set.of());
            steps.startDaemons(wish.files().map(PipelineOptions.Request::source), ROLL_AGE);
            Optional<Live> live = Optional.empty();
            if (wish.followed().isPresent()) {
                live = Optional.of(steps.follow(wish.followed().get().source()));
            }
            Optional<String> complaint = Optional.empty();
            if (wish.files().isPresent()) {
                complaint = publish(steps, wish.files().get(), known, workspace);
            }
            if (live.isPresent()) {
                Optional<String> unread = steps.follow(live.get(), follow);
                complaint = complaint.or(() -> unread);
            }
            steps.stage();
            steps.merge();
            AuditReport report = steps.audit();
            for (Pipeline pipeline : wish.pipelines()) {
                new Arrival(steps, pipeline, wish.data(), report, console).print();
            }
            return new Outcome(report, complaint);
        }
    }

    private static Optional<String> publish(
            Steps steps, PipelineOptions.Request request, Pipelines known, Workspace workspace) throws Exception {
        try {
            return steps.publish(request.source());
        } catch (CommandFailure refused) {
            if (steps.nothingPublished(request.source())) {
                known.save(workspace); // so that the next command may choose another key or mode
            }
            throw refused;
        }
    }
}

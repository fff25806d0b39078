package io.tributary.sandbox.cli;

import io.tributary.daemon.MonotonicClock;
import io.tributary.sandbox.cli.audit.AuditReport;
import io.tributary.sandbox.cli.console.Console;
import io.tributary.sandbox.cli.console.Text;
import io.tributary.sandbox.cli.pipeline.Steps;
import io.tributary.sandbox.cli.stack.Installation;
import io.tributary.sandbox.cli.stack.Pipelines;
import io.tributary.sandbox.cli.stack.Workspace;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code run}: publishes files, brings them to the lake, shows what arrived, and stops. */
@Command(
        name = "run",
        description = "Publishes files to Kafka, stages them in S3, merges them into the lake, prints what arrived and "
                + "the audit, and stops. Twice on the same files publishes nothing new.",
        mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
    private static final int INTERRUPTED = 130;
    private static final String ROLL_AGE = "1s";

    @Mixin
    private PipelineOptions options = new PipelineOptions();

    @Override
    public Integer call() throws Exception {
        Installation installation = Installation.current();
        PipelineOptions.Request request = options.request(installation, false);
        Console console = Terminal.out();
        MonotonicClock clock = MonotonicClock.system();
        long began = clock.millis();
        Workspace workspace = Workspace.open(request.data());
        Outcome outcome;
        try (Session session = Session.require(installation, workspace, "tributary run", console)) {
            outcome = session.guarded(
                    () -> console.line("interrupted; the same command completes it"),
                    INTERRUPTED,
                    () -> run(session, request, console, clock));
        }
        console.line("done in " + Text.time(Duration.ofMillis(clock.millis() - began)));
        if (outcome.complaint().isPresent()) {
            throw CommandFailure.failed(outcome.complaint().get());
        }
        return outcome.report().equal() ? 0 : 1;
    }

    /** How a run went: its audit, and what the source had to leave out. */
    private record Outcome(AuditReport report, Optional<String> complaint) {}

    private static Outcome run(Session session, PipelineOptions.Request request, Console console, MonotonicClock clock)
            throws Exception {
        Workspace workspace = session.workspace();
        Pipelines known = Pipelines.of(workspace);
        Pipelines pipelines = known.with(request.pipeline());
        pipelines.save(workspace);
        console.line(request.shown() + " -> topic " + request.pipeline().topic() + " -> table "
                + request.pipeline().table());
        try (Steps steps = new Steps(session.stack(), pipelines, console, clock)) {
            steps.boot(request.partitions(), Set.of());
            steps.startDaemons(request.source(), ROLL_AGE);
            Optional<String> complaint;
            try {
                complaint = steps.publish(request.source());
            } catch (CommandFailure refused) {
                if (steps.nothingPublished(request.source())) {
                    known.save(workspace); // so that the next command may choose another key or mode
                }
                throw refused;
            }
            steps.stage();
            steps.merge();
            AuditReport report = steps.audit();
            new Arrival(steps, request, report, console).print();
            return new Outcome(report, complaint);
        }
    }
}

package io.tributary.sandbox.cli;

import io.tributary.daemon.MonotonicClock;
import io.tributary.sandbox.cli.audit.AuditReport;
import io.tributary.sandbox.cli.console.Console;
import io.tributary.sandbox.cli.console.Text;
import io.tributary.sandbox.cli.pipeline.AuditText;
import io.tributary.sandbox.cli.pipeline.Steps;
import io.tributary.sandbox.cli.stack.Endpoints;
import io.tributary.sandbox.cli.stack.Installation;
import io.tributary.sandbox.cli.stack.Pipelines;
import io.tributary.sandbox.cli.stack.Source;
import io.tributary.sandbox.cli.stack.Tools;
import io.tributary.sandbox.cli.stack.Workspace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code redrive}: publishes rejects again, each once. */
@Command(
        name = "redrive",
        description =
                "Publishes rejects again, after their cause is mended: each once, however often it is asked for. "
                        + "Takes them from the lake's table rejected, or from a FILE that --export wrote and you corrected. "
                        + "Rows that a source refused need a correction: export them, and add the record to each line as \"value\".",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class RedriveCommand implements Callable<Integer> {
    private static final int INTERRUPTED = 130;
    private static final int PARTITIONS = 3;
    private static final String ROLL_AGE = "1s";

    @Parameters(paramLabel = "FILE", arity = "0..1", description = "Exported rejects, corrected.")
    private @Nullable Path file;

    @Option(
            names = "--export",
            paramLabel = "FILE",
            description = "Write the rejects to FILE, one JSON object a line, and publish nothing.")
    private @Nullable Path export;

    @Mixin
    private RejectSelection selection = new RejectSelection();

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Directory that keeps everything. Default: ${DEFAULT-VALUE}.")
    private Path data = Path.of("data");

    @Override
    public Integer call() throws Exception {
        if (file != null && (export != null || selection.isNarrowed())) {
            throw CommandFailure.usage(
                    "a FILE says itself which rejects: it goes without --export, --topic, --stage " + "and --where");
        }
        if (file != null && !Files.isReadable(file)) {
            throw CommandFailure.usage(file + ": no such file, or it may not be read by this user");
        }
        if (export != null) {
            RejectExport.refuseExisting(export);
        }
        Installation installation = Installation.current();
        Workspace workspace = Reading.workspace(data);
        Pipelines pipelines = Reading.pipelines(workspace);
        Path from = file;
        Path own = workspace.run().resolve("redrive.ndjson");
        if (from == null) {
            from = export != null ? export : own;
            Files.deleteIfExists(own);
            RejectExport exported = new RejectExport(installation, workspace, pipelines);
            long count = exported.write(selection.query(export != null), from);
            if (export != null) {
                System.out.println("exported " + Text.count(count, "reject") + " to " + export
                        + "; correct them there, then: ./tributary redrive " + export);
                return 0;
            }
            if (count == 0) {
                Files.deleteIfExists(own);
                System.out.println("nothing to publish again: no reject of this selection was ever a record");
                return 0;
            }
        }
        int code = publish(installation, workspace, pipelines, sources(pipelines, from.toAbsolutePath()));
        if (code == 0) {
            Files.deleteIfExists(own);
        }
        return code;
    }

    private static List<Source> sources(Pipelines pipelines, Path file) throws Exception {
        List<Source> sources = new ArrayList<>();
        Set<String> topics = RejectExport.topics(file);
        for (String topic : topics) {
            if (!pipelines.topics().contains(topic)) {
                throw CommandFailure.usage(file + ": rejects of topic " + topic + ", which is not published here");
            }
            sources.add(Source.rejects(topic, file));
        }
        return sources;
    }

    private static int publish(
            Installation installation, Workspace workspace, Pipelines pipelines, List<Source> sources)
            throws Exception {
        Console console = Terminal.out();
        Optional<Session> own = Session.take(installation, workspace, "tributary redrive", console);
        if (own.isEmpty()) {
            return publishToRunning(installation, workspace, pipelines, sources);
        }
        try (Session session = own.get()) {
            return session.guarded(
                    () -> console.line("interrupted; the same command completes it"),
                    INTERRUPTED,
                    () -> bring(session, pipelines, sources, console));
        }
    }

    private static int publishToRunning(
            Installation installation, Workspace workspace, Pipelines pipelines, List<Source> sources)
            throws Exception {
        Endpoints endpoints = new Access(installation, workspace, pipelines, Terminal.err()).running();
        int worst = 0;
        for (Source source : sources) {
            worst = Math.max(worst, new Tools(installation, workspace, endpoints).publish(source));
        }
        System.out.println("the running stack stages and merges them");
        return worst;
    }

    private static int bring(Session session, Pipelines pipelines, List<Source> sources, Console console)
            throws Exception {
        try (Steps steps = new Steps(session.stack(), pipelines, console, MonotonicClock.system())) {
            steps.boot(PARTITIONS, Set.of());
            steps.startConsumer(ROLL_AGE);
            List<String> complaints = new ArrayList<>();
            for (Source source : sources) {
                steps.startProducer(source);
                steps.publish(source).ifPresent(complaints::add);
            }
            steps.stage();
            steps.merge();
            AuditReport report = steps.audit();
            AuditText.lines(report).forEach(line -> console.line("  " + line));
            if (!complaints.isEmpty()) {
                throw CommandFailure.failed(String.join("; ", complaints));
            }
            return report.equal() ? 0 : 1;
        }
    }
}

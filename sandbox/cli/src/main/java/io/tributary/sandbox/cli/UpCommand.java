package io.tributary.sandbox.cli;

import io.tributary.daemon.MonotonicClock;
import io.tributary.sandbox.cli.console.Console;
import io.tributary.sandbox.cli.console.Text;
import io.tributary.sandbox.cli.pipeline.Live;
import io.tributary.sandbox.cli.pipeline.ReadinessNews;
import io.tributary.sandbox.cli.pipeline.Steps;
import io.tributary.sandbox.cli.process.Patience;
import io.tributary.sandbox.cli.stack.Installation;
import io.tributary.sandbox.cli.stack.Pipelines;
import io.tributary.sandbox.cli.stack.Server;
import io.tributary.sandbox.cli.stack.Workspace;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code up}: the same stack as {@code run}, kept running: watches the files, merges now and then, answers SQL. */
@Command(
        name = "up",
        description =
                "Runs the whole pipeline until Ctrl-C: watches the files, stages what is appended, merges it now and "
                        + "then, and answers ./tributary sql at once.",
        mixinStandardHelpOptions = true)
final class UpCommand implements Callable<Integer> {
    private static final String ROLL_AGE = "5s";
    private static final Duration UNREADY = Duration.ofSeconds(10);

    @Mixin
    private PipelineOptions options = new PipelineOptions();

    @Mixin
    private FollowOptions following = new FollowOptions();

    @Option(
            names = "--merge-every",
            paramLabel = "TIME",
            converter = TimeConverter.class,
            description = "How often to merge, such as 30s or 5m. Default: 30s.")
    private Duration mergeEvery = Duration.ofSeconds(30);

    @Override
    public Integer call() throws Exception {
        Installation installation = Installation.current();
        Wish wish = Wish.of(options, following, installation, true);
        Console console = Terminal.out();
        MonotonicClock clock = MonotonicClock.system();
        Workspace workspace = Workspace.open(wish.data());
        try (Session session = Session.require(installation, workspace, "tributary up", console)) {
            session.guarded(
                    () -> console.line("stopped; the data is kept"), 0, () -> up(session, wish, console, clock));
        }
        return 0;
    }

    private Integer up(Session session, Wish wish, Console console, MonotonicClock clock) throws Exception {
        Workspace workspace = session.workspace();
        Pipelines pipelines = wish.added(Pipelines.of(workspace));
        pipelines.save(workspace);
        wish.lines().forEach(console::line);
        try (Steps steps = new Steps(session.stack(), pipelines, console, clock)) {
            steps.boot(wish.partitions(), Set.of(Server.SQL));
            steps.startDaemons(wish.files().map(PipelineOptions.Request::source), ROLL_AGE);
            Optional<Live> live = Optional.empty();
            if (wish.followed().isPresent()) {
                live = Optional.of(steps.follow(wish.followed().get().source()));
            }
            steps.merge();
            awaitSql(session, console);
            console.line("up; merges every " + mergeEvery.toSeconds() + " s; Ctrl-C stops it");
            serve(session.patience(), steps, live, console, clock);
        }
        return 0;
    }

    /** Trino is there for questions only: all else goes on without it. */
    private static void awaitSql(Session session, Console console) throws CommandFailure, IOException {
        try {
            session.patience()
                    .outcome(session.stack().ready(Server.SQL), () -> console.progress("sql", "Trino is starting"));
        } catch (ExecutionException e) {
            console.line(
                    Patience.failure(e.getCause()).getMessage() + "; `./tributary sql` starts one for each question");
            return;
        }
        session.stack().sqlServes();
    }

    private void serve(Patience patience, Steps steps, Optional<Live> live, Console console, MonotonicClock clock)
            throws CommandFailure {
        ReadinessNews news = new ReadinessNews("consumer-1", UNREADY, clock.millis());
        Optional<ReadinessNews> followed =
                live.map(one -> new ReadinessNews(one.source().process(), UNREADY, clock.millis()));
        while (true) {
            long next = clock.millis() + mergeEvery.toMillis();
            while (clock.millis() < next) {
                patience.pause(Math.max(1, Math.min(1000, next - clock.millis())));
                news.line(steps.consumerComplaint(), clock.millis()).ifPresent(console::line);
                followed.flatMap(one -> one.line(live.flatMap(Live::complaint), clock.millis()))
                        .ifPresent(console::line);
                if (console.terminal()) {
                    console.progress(
                            "up", steps.standing() + live.map(UpCommand::told).orElse(""));
                }
            }
            long began = clock.millis();
            long merged = steps.mergeQuietly();
            if (merged > 0) {
                console.line(LocalTime.now(Clock.system(ZoneId.systemDefault())).truncatedTo(ChronoUnit.SECONDS)
                        + "  merged "
                        + Text.count(merged, "record") + " in " + Text.time(Duration.ofMillis(clock.millis() - began))
                        + "; " + steps.standing() + live.map(UpCommand::told).orElse(""));
            }
        }
    }

    private static String told(Live live) {
        return "; " + live.line();
    }
}

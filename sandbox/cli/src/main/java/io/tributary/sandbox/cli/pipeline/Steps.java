package io.tributary.sandbox.cli.pipeline;

import io.tributary.daemon.MonotonicClock;
import io.tributary.sandbox.cli.CommandFailure;
import io.tributary.sandbox.cli.audit.AuditReport;
import io.tributary.sandbox.cli.audit.Published;
import io.tributary.sandbox.cli.client.DaemonHealth;
import io.tributary.sandbox.cli.client.DaemonMetrics;
import io.tributary.sandbox.cli.client.MergeService;
import io.tributary.sandbox.cli.client.Unreachable;
import io.tributary.sandbox.cli.console.Console;
import io.tributary.sandbox.cli.console.Text;
import io.tributary.sandbox.cli.process.Patience;
import io.tributary.sandbox.cli.process.ProcessFailure;
import io.tributary.sandbox.cli.stack.Names;
import io.tributary.sandbox.cli.stack.Pipelines;
import io.tributary.sandbox.cli.stack.Server;
import io.tributary.sandbox.cli.stack.Source;
import io.tributary.sandbox.cli.stack.Stack;
import io.tributary.staging.ChainId;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * The steps of a run, each told on one line with the time it took. Used by the command's thread, in the order in which
 * the methods stand here.
 */
public final class Steps implements AutoCloseable {
    /** Where records keep coming, there is always something left: the next merge's. */
    private static final int MOST_MERGES = 3;

    private static final long LOOK_MILLIS = 200;
    private static final Duration STANDSTILL = Duration.ofSeconds(60);

    private final Stack stack;
    private final Pipelines pipelines;
    private final Console console;
    private final MonotonicClock clock;
    private final Patience patience;
    private final Clients clients;
    private final MergeCalls merge;
    private final Questions questions;
    private final List<String> topics = new ArrayList<>();
    private Published before = new Published(Map.of());
    private Optional<DaemonHealth> consumer = Optional.empty();
    private long stagedBefore;
    private long began;

    /** Steps over a stack that is yet to be started. */
    public Steps(Stack stack, Pipelines pipelines, Console console, MonotonicClock clock) {
        this.stack = stack;
        this.pipelines = pipelines;
        this.console = console;
        this.clock = clock;
        patience = new Patience(stack.supervisor());
        clients = Clients.of(stack.endpoints());
        merge = new MergeCalls(stack.supervisor(), patience);
        questions = new Questions(patience, clock);
        for (String topic : pipelines.topics()) {
            topics.add(topic);
            topics.add(Names.rejectedTopic(topic));
        }
    }

    /** Starts the servers; returns when Kafka and S3 serve, while Spark is still coming up. */
    public void boot(int partitions, Set<Server> more) throws CommandFailure, IOException {
        begin();
        Set<Server> servers = EnumSet.of(Server.KAFKA, Server.S3, Server.CATALOG, Server.MERGE);
        servers.addAll(more);
        stack.start(servers, pipelines, true);
        await(Server.S3);
        questions.answer(() -> {
            clients.staging().create();
            return true;
        });
        await(Server.KAFKA);
        clients.broker()
                .createMissing(
                        pipelines.topics(),
                        pipelines.topics().stream().map(Names::rejectedTopic).toList(),
                        partitions);
        stack.publishEndpoints();
        console.step("boot", "Kafka and S3 serve; Spark is starting", took());
    }

    private void await(Server server) throws CommandFailure {
        try {
            patience.outcome(stack.ready(server), () -> console.progress("boot", "starting " + server.process()));
        } catch (ExecutionException e) {
            throw Patience.failure(e.getCause());
        }
    }

    /** Starts the daemons: what stages, and what publishes files, if any. */
    public void startDaemons(Optional<Source> files, String maxAge) throws CommandFailure, IOException {
        startConsumer(maxAge);
        if (files.isPresent()) {
            startProducer(files.get());
        }
    }

    /** Starts the daemon that stages. */
    public void startConsumer(String maxAge) throws CommandFailure, IOException {
        stack.startConsumer(pipelines.topics(), maxAge);
        consumer = stack.endpoints().consumer().map(DaemonHealth::new);
        stack.publishEndpoints();
        List<ChainId> partitions = clients.broker().partitions(topics);
        questions.answer(() -> clients.staging().ends(partitions));
        stagedBefore = clients.staging().recordsSeen();
    }

    /** Starts a daemon that publishes; one at a time. */
    public void startProducer(Source source) throws CommandFailure, IOException {
        before = questions.answer(() -> clients.log().published());
        stack.startProducer(source);
    }

    /**
     * Starts to follow an instance, the stand-in if that is asked for.
     *
     * @return what publishes it
     */
    public Live follow(Source source) throws CommandFailure, IOException {
        Source found = source;
        if (source.following().orElseThrow().isDemo()) {
            try {
                found = patience.outcome(
                        stack.startStandIn(source), () -> console.progress("follow", "the stand-in is starting"));
            } catch (ExecutionException e) {
                throw Patience.failure(e.getCause());
            }
        }
        String address = stack.startProducer(found);
        return new Live(found, new DaemonMetrics(address), new DaemonHealth(address));
    }

    /**
     * Follows for a while, tells how it goes, and stops.
     *
     * @return why nothing could be read, if nothing could
     */
    public Optional<String> follow(Live live, Duration howLong) throws CommandFailure {
        begin();
        long until = clock.millis() + howLong.toMillis();
        while (clock.millis() < until) {
            console.progress(
                    "follow",
                    () -> live.line() + live.complaint().map(why -> "; " + why).orElse("") + ", "
                            + Text.roughly(Duration.ofMillis(Math.max(0, until - clock.millis()))) + " left");
            patience.pause(Math.max(1, Math.min(LOOK_MILLIS, until - clock.millis())));
        }
        String line = live.line();
        Optional<String> complaint = live.complaint().map(why -> live.source().process() + ": " + why);
        boolean sawAny = live.sawAny();
        stack.stopProducer(live.source());
        console.step("follow", line, took());
        if (sawAny) {
            complaint.ifPresent(console::note);
            return Optional.empty();
        }
        return complaint;
    }

    /**
     * Waits until the source has published all that it can.
     *
     * @return what it complained about, if it left something out but published the rest
     * @throws CommandFailure if it published nothing because of that
     */
    public Optional<String> publish(Source source) throws CommandFailure {
        begin();
        DaemonMetrics metrics = new DaemonMetrics(stack.producerAddress());
        CompletableFuture<Integer> done = stack.supervisor().finished(source.process());
        List<ChainId> partitions = clients.broker().partitions(topics);
        Progress progress = new Progress();
        Optional<String> complaint = Optional.empty();
        try {
            patience.outcome(
                    done,
                    () -> console.progress(
                            "publish", () -> progress.line(metrics.read(), seen(partitions), clock.millis())));
        } catch (ExecutionException e) {
            complaint = Optional.of(complaint(source, e.getCause()));
        }
        Published now = questions.answer(() -> clients.log().published());
        console.step("publish", published(source, now), took());
        return complaint;
    }

    private String complaint(Source source, @Nullable Throwable failure) throws CommandFailure {
        Published now = questions.answer(() -> clients.log().published());
        boolean some = sum(now, source.topic()) > sum(before, source.topic());
        if (some && failure instanceof ProcessFailure ended && ended.exitCode() == 1) {
            return ended.reason();
        }
        throw Patience.failure(failure);
    }

    private String published(Source source, Published now) {
        String rejectedTopic = Names.rejectedTopic(source.topic());
        long records = sum(now, source.topic()) - sum(before, source.topic());
        long rejected = sum(now, rejectedTopic) - sum(before, rejectedTopic);
        if (source.isRejects()) {
            return records > 0
                    ? Text.count(records, "reject") + " again, to topic " + source.topic()
                    : "nothing new: these rejects were published again before";
        }
        if (records + rejected > 0) {
            return Text.count(records, "record")
                    + (rejected > 0 ? ", " + Text.count(rejected, "reject") + " put aside" : "");
        }
        long all = sum(now, source.topic());
        return all == 0
                ? "nothing: the files have no rows"
                : "nothing new: all " + Text.count(all, "record") + " were published before";
    }

    /** Whether a source's topic never got a record. */
    public boolean nothingPublished(Source source) throws CommandFailure {
        Published now = questions.answer(() -> clients.log().published());
        return sum(now, source.topic()) + sum(now, Names.rejectedTopic(source.topic())) == 0;
    }

    /** Waits until all that is in Kafka is staged. */
    public void stage() throws CommandFailure {
        begin();
        List<ChainId> partitions = clients.broker().partitions(topics);
        Standstill standstill = new Standstill(STANDSTILL);
        patience.until(LOOK_MILLIS, () -> {
            long now = staged(partitions);
            Optional<String> complaint = consumerComplaint();
            console.progress(
                    "stage",
                    "staged " + Text.count(now)
                            + complaint.map(why -> "; consumer-1: " + why).orElse(""));
            if (standstill.look(now, complaint, clock.millis())) {
                throw stuck(now, complaint.orElse(""));
            }
            Optional<Map<ChainId, Long>> ends = clients.broker().settledEnds(partitions);
            return ends.isPresent()
                    && questions.answer(
                            () -> clients.log().nothingBetween(clients.staging().ends(partitions), ends.get()));
        });
        long staged = staged(partitions);
        console.step("stage", staged == 0 ? "nothing new" : Text.count(staged, "record") + " in S3", took());
    }

    /** Why the consumer makes no progress, if it says so. */
    public Optional<String> consumerComplaint() {
        return consumer.flatMap(DaemonHealth::complaint);
    }

    private CommandFailure stuck(long staged, String why) throws CommandFailure {
        return CommandFailure.failed("staging has stood at " + Text.count(staged, "record") + " for "
                + STANDSTILL.toSeconds() + " s: consumer-1: " + why + " (" + Text.count(stack.freeBytes() >> 20)
                + " MB are free on the disk of the data directory); mend that, and the same command completes it");
    }

    /** Merges until nothing is left, or as often as is reasonable where records keep coming. Returns how many records that were. */
    public long merge() throws CommandFailure {
        begin();
        await(Server.CATALOG);
        await(Server.MERGE);
        Duration spark = took();
        long merged = mergeAll(this::atIt);
        String said = merged == 0 ? "nothing new" : Text.count(merged, "record") + " into the lake";
        console.step(
                "merge", said + (spark.toMillis() > LOOK_MILLIS ? ", Spark up after " + Text.time(spark) : ""), took());
        return merged;
    }

    /** Merges what is staged now, without a word. */
    public long mergeQuietly() throws CommandFailure {
        begin();
        return merge.answer(() -> clients.merge().merge(), () -> {
            if (console.terminal()) {
                atIt();
            }
        });
    }

    private long mergeAll(Runnable meanwhile) throws CommandFailure {
        long merged = 0;
        long now = 1;
        for (int round = 0; round < MOST_MERGES && now > 0; round++) {
            now = merge.answer(() -> clients.merge().merge(), meanwhile);
            merged += now;
        }
        return merged;
    }

    private void atIt() {
        console.progress("merge", "Spark is at it for " + Text.time(took()));
    }

    /** Compares all hops. */
    public AuditReport audit() throws CommandFailure {
        begin();
        AuditReport report = merge.answer(
                () -> clients.gathering().audit(pipelines, false), () -> console.progress("audit", "counting"));
        console.step("audit", AuditText.verdict(report), took());
        return report;
    }

    /** A table's first rows. */
    public MergeService.Rows rows(String table, int limit) throws CommandFailure {
        return merge.answer(() -> clients.merge().rows(table, limit), () -> {});
    }

    /** Records published and staged so far, over all sources and topics. */
    public String standing() throws CommandFailure {
        List<ChainId> partitions = clients.broker().partitions(topics);
        long published = questions.answer(() -> clients.log().published()).records().values().stream()
                .mapToLong(Long::longValue)
                .sum();
        questions.answer(() -> clients.staging().ends(partitions));
        long staged = clients.staging().recordsSeen();
        return "published " + Text.count(published) + ", staged " + Text.count(staged) + ", lag "
                + Text.count(Math.max(0, published - staged));
    }

    private long staged(List<ChainId> partitions) throws CommandFailure {
        questions.answer(() -> clients.staging().ends(partitions));
        return clients.staging().recordsSeen() - stagedBefore;
    }

    /** As far as can be seen at once. */
    private long seen(List<ChainId> partitions) {
        try {
            clients.staging().ends(partitions);
        } catch (RuntimeException away) {
            if (!Unreachable.is(away)) {
                throw away;
            }
        }
        return clients.staging().recordsSeen() - stagedBefore;
    }

    private void begin() {
        began = clock.millis();
        console.begin();
    }

    private Duration took() {
        return Duration.ofMillis(clock.millis() - began);
    }

    private static long sum(Published published, String topic) {
        return published.records().entrySet().stream()
                .filter(entry -> entry.getKey().topic().equals(topic))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    @Override
    public void close() {
        // A call that was given up still uses them; they end with the command.
        if (merge.isIdle()) {
            clients.close();
        }
    }
}

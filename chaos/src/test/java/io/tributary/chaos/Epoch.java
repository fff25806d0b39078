package io.tributary.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.daemon.MonotonicClock;
import io.tributary.sandbox.cli.audit.AuditReport;
import io.tributary.sandbox.cli.client.MergeService;
import io.tributary.sandbox.cli.pipeline.AuditText;
import io.tributary.sandbox.cli.pipeline.Clients;
import io.tributary.sandbox.cli.stack.Mode;
import io.tributary.sandbox.cli.stack.Pipeline;
import io.tributary.sandbox.cli.stack.Pipelines;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;

/** Some rounds on one stack of its own. Confined to one thread. */
final class Epoch implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration LOOK = Duration.ofMillis(100);
    private static final int ALL_ROWS = 100_000_000;
    private static final Pipelines PIPELINES = new Pipelines(List.of(
            new Pipeline("events", "events", Mode.APPEND, List.of()),
            new Pipeline("accounts", "accounts", Mode.UPSERT, List.of("account")),
            new Pipeline(Visits.TOPIC, Visits.TOPIC, Mode.UPSERT, List.of())));

    private final Stack stack;
    private final Load load;
    private final Merging merging;
    private final Actions actions;
    private final Visits visits;
    private final Staged events;
    private final List<Flow> flows;
    private final Tally tally;
    private final MonotonicClock clock = MonotonicClock.system();

    Epoch(Path directory, Shape shape, long seed, Tally tally) throws Exception {
        this.tally = tally;
        stack = Stack.start(directory, shape, seed, tally);
        load = new Load(stack.file("events"), stack.file("accounts"));
        merging = new Merging(stack.merge());
        actions = new Actions(stack.members(), tally);
        visits = new Visits(stack.endpoints().kafka());
        events = staged("events", Epoch::numberOfValue);
        flows = List.of(
                new Flow("events", events, load::events),
                new Flow("accounts", staged("accounts", Epoch::numberOfValue), load::accounts),
                new Flow("rejects", staged("events.rejected", Epoch::numberOfReject), load::rejects),
                new Flow("visits", staged(Visits.TOPIC, Epoch::numberOfVisit), visits::count));
    }

    /** A topic's staged objects, and how many records were written for them. */
    private record Flow(String name, Staged staged, LongSupplier written) {
        boolean complete() {
            return staged.count() >= written.getAsLong();
        }

        void requireOneChain() {
            Oracle.require(staged.doubles() == 0, name + ": lines staged twice");
            Oracle.require(staged.disorder().isEmpty(), name + ": order: " + staged.disorder());
            Oracle.require(staged.strays().isEmpty(), name + ": chain: " + staged.strays());
        }

        @Override
        public String toString() {
            return staged.count() + " of " + written.getAsLong() + " " + name;
        }
    }

    private Staged staged(String topic, ToLongFunction<JsonNode> number) {
        return new Staged(stack.s3(), Stack.BUCKET, topic, number);
    }

    private static long numberOfValue(JsonNode line) {
        return line.path("value").path("n").asLong(-1);
    }

    private static long numberOfReject(JsonNode line) {
        return Load.reject(line.path("value").path("raw").asText());
    }

    private static long numberOfVisit(JsonNode line) {
        return Long.parseLong(line.path("headers").path(Visits.NUMBER).asText("-1"));
    }

    /** Waits until records are staged. */
    void warmUp() {
        begin();
        awaitStaged(
                "the first records",
                () -> flows.stream().allMatch(flow -> flow.staged().count() > 0));
    }

    private void begin() {
        load.on();
        visits.on();
    }

    /** Does what the seed chooses, waits until all is well again, and compares everything. */
    void round(Random random) throws Exception {
        begin();
        merging.on(true);
        stack.faults(true);
        Actions.pause(Duration.ofMillis(300 + random.nextInt(500)));
        List<String> done = actions.run(random);
        long over = clock.millis();
        long marker = load.events();
        awaitStaged("number " + marker + " after " + done, () -> events.has(marker));
        Duration recovery = Duration.ofMillis(clock.millis() - over);
        String steps = quiesce();
        tally.round(recovery);
        System.out.println("  " + done + ": back after " + recovery.toMillis() + " ms; " + steps);
    }

    private String quiesce() throws Exception {
        long began = clock.millis();
        load.off();
        visits.off();
        awaitStaged("all records", () -> flows.stream().allMatch(Flow::complete));
        long staged = clock.millis();
        merging.on(false);
        stack.faults(false);
        retried("merge", () -> {
            while (merging.now() > 0) {
                // There may be more.
            }
            return 0;
        });
        long merged = clock.millis();
        for (Flow flow : flows) {
            flow.requireOneChain();
        }
        AuditReport report = retried("audit", this::audit);
        Oracle.require(report.equal(), "audit --deep: " + report.differences());
        long audited = clock.millis();
        compareLake();
        for (Flow flow : flows) {
            flow.staged().age(stack.disk());
        }
        return "staged in " + (staged - began) + ", merged in " + (merged - staged) + ", audited in "
                + (audited - merged) + ", lake read in " + (clock.millis() - audited) + " ms";
    }

    /** What {@code audit --deep} does. */
    private AuditReport audit() throws Exception {
        try (Clients clients = Clients.of(stack.endpoints())) {
            return clients.gathering().audit(PIPELINES, true);
        }
    }

    private void compareLake() throws Exception {
        Oracle.eachOnce(
                "events", rows("events"), (rows, row) -> Long.parseLong(Oracle.cell(rows, row, "n")), load.events());
        Oracle.eachOnce(
                "rejected",
                rows("rejected"),
                (rows, row) -> Load.reject(Oracle.cell(rows, row, "raw")),
                load.rejects());
        Oracle.latest("accounts", rows("accounts"), "account", n -> "a" + Load.account(n), n -> false, load.accounts());
        Oracle.latest("visits", rows("visits"), "_key", Visits::key, Visits::isTombstone, visits.count());
    }

    private MergeService.Rows rows(String table) throws Exception {
        return retried("rows of " + table, () -> stack.merge().rows(table, ALL_ROWS));
    }

    private void awaitStaged(String what, Callable<Boolean> condition) {
        try {
            Awaitility.await().atMost(PATIENCE).pollInterval(LOOK).until(() -> {
                try {
                    flows.forEach(flow -> flow.staged().look());
                } catch (SdkException s3IsAway) {
                    return false;
                }
                return condition.call();
            });
        } catch (ConditionTimeoutException late) {
            throw new AssertionError(what + " not staged within " + PATIENCE.toSeconds() + " s: " + flows, late);
        }
    }

    private <T> T retried(String what, Callable<T> call) throws Exception {
        long began = clock.millis();
        while (true) {
            try {
                return call.call();
            } catch (IOException | io.tributary.sandbox.cli.CommandFailure | SdkException failed) {
                if (clock.millis() - began > PATIENCE.toMillis()) {
                    throw new AssertionError(what + " still fails after " + PATIENCE.toSeconds() + " s", failed);
                }
                Actions.pause(LOOK);
            }
        }
    }

    /** Adds what arrived to the tally. */
    void count() {
        tally.faults(stack.faults());
        for (Flow flow : flows) {
            long written = flow.written().getAsLong();
            tally.cleaned(flow.staged().cleaned());
            tally.count(written, written - flow.staged().count(), flow.staged().doubles());
        }
    }

    /** The last report of the audit as a user sees it. */
    List<String> auditText() throws Exception {
        return AuditText.lines(retried("audit", this::audit));
    }

    @Override
    public void close() throws IOException {
        actions.close();
        merging.close();
        visits.close();
        load.close();
        stack.close();
    }
}

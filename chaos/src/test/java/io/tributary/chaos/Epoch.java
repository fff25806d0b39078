package io.tributary.chaos;

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
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
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
            new Pipeline("accounts", "accounts", Mode.UPSERT, List.of("account"))));

    private final Stack stack;
    private final Load load;
    private final Merging merging;
    private final Actions actions;
    private final Staged events;
    private final Staged accounts;
    private final Tally tally;
    private final MonotonicClock clock = MonotonicClock.system();

    Epoch(Path directory, Shape shape, long seed, Tally tally) throws Exception {
        this.tally = tally;
        stack = Stack.start(directory, shape, seed, tally);
        load = new Load(stack.file("events"), stack.file("accounts"));
        merging = new Merging(stack.merge());
        actions = new Actions(stack.members(), tally);
        events = new Staged(stack.s3(), Stack.BUCKET, "events");
        accounts = new Staged(stack.s3(), Stack.BUCKET, "accounts");
    }

    /** Waits until records are staged. */
    void warmUp() {
        load.on();
        awaitStaged("the first records", () -> events.count() > 0 && accounts.count() > 0);
    }

    /** Does what the seed chooses, waits until all is well again, and compares everything. */
    void round(Random random) throws Exception {
        load.on();
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
        awaitStaged("all records", () -> events.count() >= load.events() && accounts.count() >= load.accounts());
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
        require(events.doubles() + accounts.doubles() == 0, "lines staged twice");
        require(events.disorder().isEmpty() && accounts.disorder().isEmpty(), "order: " + events.disorder());
        require(events.strays().isEmpty() && accounts.strays().isEmpty(), "chain: " + events.strays());
        AuditReport report = retried("audit", this::audit);
        require(report.equal(), "audit --deep: " + report.differences());
        long audited = clock.millis();
        compareLake();
        events.age(stack.disk());
        accounts.age(stack.disk());
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
        BitSet found = new BitSet();
        MergeService.Rows rows = retried("rows", () -> stack.merge().rows("events", ALL_ROWS));
        int n = rows.columns().indexOf("n");
        for (List<String> row : rows.rows()) {
            int number = Integer.parseInt(row.get(n));
            require(!found.get(number), "events has number " + number + " twice");
            found.set(number);
        }
        require(
                found.cardinality() == load.events() && found.length() == load.events(),
                "events has " + found.cardinality() + " of " + load.events() + " numbers");
        Map<String, Long> expected = new HashMap<>();
        for (long each = 0; each < load.accounts(); each++) {
            expected.put("a" + Load.account(each), each);
        }
        Map<String, Long> actual = new HashMap<>();
        MergeService.Rows latest = retried("rows", () -> stack.merge().rows("accounts", ALL_ROWS));
        int account = latest.columns().indexOf("account");
        int number = latest.columns().indexOf("n");
        for (List<String> row : latest.rows()) {
            Long before = actual.put(row.get(account), Long.parseLong(row.get(number)));
            require(before == null, "accounts has " + row.get(account) + " twice");
        }
        require(actual.equals(expected), "accounts differ from the latest of each");
    }

    private void awaitStaged(String what, Callable<Boolean> condition) {
        try {
            Awaitility.await().atMost(PATIENCE).pollInterval(LOOK).until(() -> {
                try {
                    events.look();
                    accounts.look();
                } catch (SdkException s3IsAway) {
                    return false;
                }
                return condition.call();
            });
        } catch (ConditionTimeoutException late) {
            throw new AssertionError(
                    what + " not staged within " + PATIENCE.toSeconds() + " s: " + events.count() + " of "
                            + load.events() + " events, " + accounts.count() + " of " + load.accounts() + " accounts",
                    late);
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

    private void require(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError(what);
        }
    }

    /** Adds what arrived to the tally. */
    void count() {
        long lost = load.events() - events.count() + load.accounts() - accounts.count();
        tally.faults(stack.faults());
        tally.cleaned(events.cleaned() + accounts.cleaned());
        tally.count(load.events() + load.accounts(), lost, events.doubles() + accounts.doubles());
    }

    /** The last report of the audit as a user sees it. */
    List<String> auditText() throws Exception {
        return AuditText.lines(retried("audit", this::audit));
    }

    @Override
    public void close() throws IOException {
        actions.close();
        merging.close();
        load.close();
        stack.close();
    }
}

package io.tributary.chaos;

import io.tributary.testing.JavaProcess;
import io.tributary.testing.Signal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** What is done to processes. The caller chooses by seed; each action runs on a thread of its own until it is over. */
final class Actions implements AutoCloseable {
    /** Longer than the sessions of consumers and brokers (3 s). */
    private static final Duration FROZEN = Duration.ofMillis(4500);

    private static final Duration STOPS_WITHIN = Duration.ofSeconds(30);
    private static final Duration COMES_BACK_WITHIN = Duration.ofSeconds(90);
    private static final int LONGEST_GAP_MILLIS = 900;

    private final List<Member> members;
    private final Tally tally;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    Actions(List<Member> members, Tally tally) {
        this.members = members;
        this.tally = tally;
    }

    /** Does one to three things that the seed chooses, and returns when they are over. */
    List<String> run(Random random) {
        List<Future<?>> running = new ArrayList<>();
        List<String> done = new ArrayList<>();
        int many = 1 + random.nextInt(3);
        for (int i = 0; i < many; i++) {
            pause(Duration.ofMillis(random.nextInt(LONGEST_GAP_MILLIS)));
            Member target = members.get(random.nextInt(members.size()));
            int dice = random.nextInt(100);
            if (dice < 48) {
                done.add(note("kill -9", target.kind()) + " " + target);
                target.kill9();
            } else if (dice < 64) {
                done.add(note("freeze and go on", target.kind()) + " " + target);
                running.add(threads.submit(() -> freeze(target)));
            } else if (dice < 80) {
                done.add(note("SIGTERM", target.kind()) + " " + target);
                running.add(threads.submit(() -> stop(target)));
            } else if (dice < 90) {
                Kind kind = random.nextBoolean() ? Kind.BROKER : Kind.CONSUMER;
                done.add(note("rolling restart", kind));
                running.add(threads.submit(() -> roll(kind)));
            } else {
                done.add("kill -9 of all at once");
                tally.did("kill -9 of all at once");
                members.forEach(Member::kill9);
            }
        }
        running.forEach(Actions::await);
        return done;
    }

    private String note(String what, Kind kind) {
        String action = what + ", " + kind.name().toLowerCase(Locale.ROOT);
        tally.did(action);
        return action;
    }

    private void freeze(Member target) {
        Optional<JavaProcess> frozen = target.running();
        if (frozen.isPresent() && Member.send(frozen.get(), Signal.STOP)) {
            try {
                pause(FROZEN);
            } finally {
                Member.send(frozen.get(), Signal.CONT);
            }
        }
    }

    private void stop(Member target) {
        Optional<JavaProcess> told = target.running();
        if (told.isPresent() && target.signal(Signal.TERM)) {
            if (!holdsWithin(STOPS_WITHIN, () -> !told.get().isAlive())) {
                tally.odd(target + " did not stop within " + STOPS_WITHIN.toSeconds() + " s of SIGTERM");
                told.get().kill9();
            }
        }
    }

    private void roll(Kind kind) {
        for (Member member : members) {
            if (member.kind() == kind) {
                stop(member);
                if (!holdsWithin(COMES_BACK_WITHIN, () -> serves(member))) {
                    tally.odd(member + " did not come back within " + COMES_BACK_WITHIN.toSeconds() + " s");
                }
            }
        }
    }

    private static boolean serves(Member member) {
        return member.running()
                .filter(process -> member.kind() == Kind.CONSUMER
                        ? process.stderr().stream().anyMatch(line -> line.contains(" reading "))
                        : process.stdout().stream().anyMatch(line -> line.startsWith("ready ")))
                .isPresent();
    }

    private static boolean holdsWithin(Duration longest, java.util.function.BooleanSupplier condition) {
        for (long waited = 0; waited < longest.toMillis(); waited += 50) {
            if (condition.getAsBoolean()) {
                return true;
            }
            pause(Duration.ofMillis(50));
        }
        return condition.getAsBoolean();
    }

    static void pause(Duration duration) {
        try {
            boolean never = new CountDownLatch(1).await(duration.toMillis(), TimeUnit.MILLISECONDS);
            assert !never;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void await(Future<?> running) {
        try {
            running.get(5, TimeUnit.MINUTES);
        } catch (InterruptedException | ExecutionException | java.util.concurrent.TimeoutException e) {
            throw new AssertionError("an action did not end", e);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}

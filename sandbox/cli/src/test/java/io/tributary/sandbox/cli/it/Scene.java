package io.tributary.sandbox.cli.it;

import io.tributary.sandbox.mastodon.Dialect;
import io.tributary.sandbox.mastodon.Faults;
import io.tributary.sandbox.mastodon.Instance;
import io.tributary.sandbox.mastodon.InstanceServer;
import io.tributary.sandbox.mastodon.Post;
import io.tributary.sandbox.mastodon.Script;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * An instance with Mastodon's own limits on which a script is played, and on which things go wrong at set points of it. A
 * thread of its own plays; {@link #play} waits for it.
 */
final class Scene implements AutoCloseable {
    static final String TOKEN = "t0ken";

    private static final Duration HEARTBEAT = Duration.ofMillis(500);

    private final Instance instance = new Instance(Dialect.MASTODON, Clock.systemUTC());
    private final Script script = new Script(instance, Dialect.MASTODON, Clock.systemUTC(), 42);
    private final InstanceServer server;
    private final ScheduledExecutorService player = Executors.newSingleThreadScheduledExecutor();
    private final TreeMap<Integer, Runnable> events = new TreeMap<>();
    private final int posts;
    private final int perSecond;
    private Runnable step;
    private int cuts;
    private volatile int played;

    /** A script of so many posts, at so many a second. */
    Scene(int posts, int perSecond) throws IOException {
        this.posts = posts;
        this.perSecond = perSecond;
        this.step = script::step;
        instance.faults().token(TOKEN);
        server = InstanceServer.start(instance, HEARTBEAT);
    }

    /**
     * Starts {@code up} on it.
     *
     * @param more  further keys of the source
     * @param every the merge period
     * @param files what is published beside it
     */
    Shell.Running follow(Shell shell, String more, String every, String... files) throws IOException {
        shell.write("token", TOKEN + "\n");
        shell.write("more.conf", more + "\n");
        List<String> arguments = new ArrayList<>(List.of("up"));
        arguments.addAll(List.of(files));
        arguments.addAll(List.of("--mastodon", url(), "--token-file", "token", "--mastodon-config", "more.conf"));
        arguments.addAll(List.of("--merge-every", every));
        return shell.start(arguments.toArray(String[]::new));
    }

    /** Nothing comes late or in an odd order. */
    void steady() {
        step = script::streamedStep;
    }

    /** All that was ever seen to go wrong, each at its time. */
    void goWrong() {
        Faults faults = instance.faults();
        at(0.05, () -> cut(InstanceServer.Ending.CLEAN));
        at(0.12, () -> cut(InstanceServer.Ending.TRUNCATED));
        at(0.20, () -> faults.silent(true));
        at(0.30, this::postOfNoKnownShape);
        at(0.45, () -> faults.silent(false));
        at(0.48, () -> faults.losing(true));
        at(0.55, () -> faults.losing(false));
        at(0.56, () -> faults.samePageTwice(true));
        at(0.62, () -> faults.samePageTwice(false));
        at(0.64, () -> faults.refuse(2));
        at(0.75, () -> faults.stuckCursor(true));
        at(0.76, () -> cut(InstanceServer.Ending.TRUNCATED));
        at(0.85, () -> faults.stuckCursor(false));
        at(0.88, () -> faults.live(Faults.Audience.AUTHENTICATED, true));
        at(0.92, () -> cut(InstanceServer.Ending.CLEAN));
        at(0.97, () -> faults.refuse(1));
    }

    /** Ends the streams, as soon as there are any. */
    private void cut(InstanceServer.Ending ending) {
        if (server.streams() > 0) {
            server.endStreams(ending);
            cuts++;
            return;
        }
        int next = script.posts() + 1;
        while (events.containsKey(next)) {
            next++;
        }
        events.put(next, () -> cut(ending));
    }

    private void postOfNoKnownShape() {
        Post odd = script.make(InstantSource.system().instant());
        odd.json().remove("created_at");
        instance.post(odd, 0);
    }

    private void at(double part, Runnable event) {
        events.put((int) (part * posts), event);
    }

    /** Plays on until this part of the script is played. */
    void play(double until) throws InterruptedException {
        CountDownLatch there = new CountDownLatch(1);
        ScheduledFuture<?> playing = player.scheduleAtFixedRate(
                () -> {
                    if (script.posts() >= until * posts) {
                        there.countDown();
                        return;
                    }
                    SortedMap<Integer, Runnable> due = events.headMap(script.posts(), true);
                    List<Runnable> now = List.copyOf(due.values());
                    due.clear();
                    now.forEach(Runnable::run);
                    step.run();
                    played = script.posts();
                },
                0,
                TimeUnit.SECONDS.toMicros(1) / perSecond,
                TimeUnit.MICROSECONDS);
        there.await();
        playing.cancel(false);
    }

    /** As {@link #play}, without waiting. */
    CompletableFuture<Void> playing(double until) {
        return CompletableFuture.runAsync(() -> {
            try {
                play(until);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** How much of the script is played. Any thread. */
    double played() {
        return (double) played / posts;
    }

    /** The statuses that are left as of now. */
    Collection<Post> left() {
        return script.left().values();
    }

    String told() {
        return script.posts() + " posts, " + script.edits() + " edits, " + script.deletes() + " deletions, "
                + script.overtaken() + " that overtook their posts, " + instance.asked() + " requests, "
                + cuts + " streams cut";
    }

    String url() {
        return server.url();
    }

    /** Requests above the limit. */
    long overLimit() {
        return instance.overLimit();
    }

    @Override
    public void close() throws IOException {
        player.shutdownNow();
        server.close();
    }
}

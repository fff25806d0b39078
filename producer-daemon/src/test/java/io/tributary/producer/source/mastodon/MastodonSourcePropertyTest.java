package io.tributary.producer.source.mastodon;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.producer.source.SourceException;
import io.tributary.producer.source.Yield;
import io.tributary.sandbox.mastodon.Dialect;
import io.tributary.sandbox.mastodon.Faults;
import io.tributary.sandbox.mastodon.Instance;
import io.tributary.sandbox.mastodon.Post;
import io.tributary.sandbox.mastodon.Script;
import io.tributary.testing.ManualClock;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class MastodonSourcePropertyTest {
    /** {@code -Dtributary.minutes=60} for the whole hour. */
    private static final int MINUTES = Integer.getInteger("tributary.minutes", 4);

    private static final Duration STEP = Duration.ofMillis(500);

    /** One run over one instance: the script's steps, the source's, and whatever goes wrong between. */
    private static final class Run {
        final ManualClock clock = new ManualClock();
        final Instance instance;
        final Script script;
        final LocalApi api;
        final MastodonConfig config;
        final Committed committed = new Committed();
        final Random random;
        MastodonSource source;

        Run(Dialect dialect, boolean token, long seed) throws SourceException {
            this(dialect, token, seed, 20_000);
        }

        Run(Dialect dialect, boolean token, long seed, int window) throws SourceException {
            random = new Random(seed);
            instance = new Instance(dialect, clock);
            instance.faults().token(Follows.TOKEN);
            script = new Script(instance, dialect, clock, seed);
            api = new LocalApi(Map.of("a.example", instance));
            config = Follows.config(window, Follows.instance("https://a.example/", token));
            source = Follows.source(config, api, clock, Duration.ZERO);
            committed.resume(source);
        }

        /** The source works for a while; what it yields is committed, or, with some odds, lost with the process. */
        void work(int rounds, int killOneIn) throws SourceException {
            for (int round = 0; round < rounds; round++) {
                Yield yielded = source.next();
                if (killOneIn > 0 && random.nextInt(killOneIn) == 0) {
                    source.close();
                    source = Follows.source(config, api, clock, Duration.ZERO);
                    committed.resume(source);
                } else if (yielded instanceof Yield.Chunk chunk) {
                    committed.commit(chunk);
                }
            }
        }

        void settle(Duration time) throws SourceException {
            for (long step = time.dividedBy(STEP); step > 0; step--) {
                clock.advance(STEP);
                api.beat();
                work(2, 0);
            }
        }

        void assertEndState() {
            Map<String, String> wanted =
                    script.left().values().stream().collect(Collectors.toMap(Post::uri, post -> content(post.json())));
            Map<String, String> found = committed.rows().entrySet().stream()
                    .collect(Collectors.toMap(Map.Entry::getKey, entry -> content(entry.getValue())));
            assertThat(found).isEqualTo(wanted);
            assertThat(committed.doubles()).isEmpty();
            assertThat(instance.overLimit()).isZero();
        }

        private static String content(JsonNode status) {
            return status.path("content").asText() + status.path("edited_at");
        }
    }

    @Property(tries = 12)
    void theEndStateIsTheScriptsWhateverIsKilledAndCut(@ForAll long seed) throws SourceException {
        Run run = new Run(Dialect.MASTODON, true, seed);
        for (int step = 0; step < 400; step++) {
            run.script.step();
            run.clock.advance(STEP);
            run.work(1 + run.random.nextInt(2), 12);
            if (run.random.nextInt(100) == 0) {
                run.api.cut();
            }
            if (run.random.nextInt(120) == 0) {
                run.instance.faults().refuse(2);
            }
        }
        run.settle(Duration.ofMinutes(25));
        run.assertEndState();
    }

    @Property(tries = 4)
    void everyDialectArrivesWholeWithoutAStream(@ForAll Dialect dialect, @ForAll long seed) throws SourceException {
        Run run = new Run(dialect, false, seed);
        for (int step = 0; step < 200; step++) {
            run.instance.post(run.script.make(run.clock.instant()), 0);
            run.clock.advance(STEP);
            run.work(1, 15);
        }
        run.settle(Duration.ofMinutes(3));
        assertThat(run.committed.rows()).hasSize(200);
        assertThat(run.committed.doubles()).isEmpty();
        assertThat(run.instance.overLimit()).isZero();
    }

    @Example
    void tenThousandPostsEndAsTheScriptSays() throws SourceException {
        Run run = new Run(Dialect.MASTODON, true, 7);
        for (int step = 0; step < 10_000; step++) {
            run.script.step();
            if (step % 10 == 0) {
                run.clock.advance(Duration.ofSeconds(1));
            }
            run.work(1, 200);
            if (step % 1_500 == 700) {
                run.api.cut();
            }
            if (step % 2_000 == 900) {
                run.instance.faults().refuse(3);
            }
            run.instance.faults().samePageTwice(step % 3_000 > 2_900);
            if (step == 5_000) {
                run.instance.faults().live(Faults.Audience.AUTHENTICATED, true);
            }
        }
        run.instance.faults().samePageTwice(false);
        run.settle(Duration.ofMinutes(40));
        run.assertEndState();
        assertThat(run.script.posts()).isEqualTo(10_000);
        assertThat(run.script.overtaken()).isGreaterThan(200);
    }

    @Example
    void aStuckCursorEndsTheDescentAndNotTheSource() throws SourceException {
        Run run = new Run(Dialect.MASTODON, false, 3);
        run.instance.faults().stuckCursor(true);
        for (int at = 0; at < 100; at++) {
            run.instance.post(run.script.make(run.clock.instant()), 0);
        }
        run.settle(Duration.ofMinutes(2));
        assertThat(run.committed.rows()).hasSize(40);
        assertThat(run.instance.asked()).isLessThan(40);
        assertThat(run.source.trouble()).isEmpty();
    }

    @Example
    void whatAStuckCursorHidIsReadOnceItLeadsSomewhere() throws SourceException {
        Run run = new Run(Dialect.MASTODON, false, 4);
        run.instance.faults().stuckCursor(true);
        for (int at = 0; at < 200; at++) {
            run.instance.post(run.script.make(run.clock.instant()), 0);
        }
        run.settle(Duration.ofMinutes(5));
        assertThat(run.committed.rows()).hasSize(40);
        run.source.close();
        run.source = Follows.source(run.config, run.api, run.clock, Duration.ZERO);
        run.committed.resume(run.source);
        run.instance.faults().stuckCursor(false);
        run.settle(Duration.ofMinutes(2));
        assertThat(run.committed.rows()).hasSize(200);
        assertThat(run.committed.doubles()).isEmpty();
    }

    @Example
    void whatAStreamLosesWithoutAWordIsFoundByLookingAndAsking() throws SourceException {
        Run run = new Run(Dialect.MASTODON, true, 9);
        Post first = run.script.make(run.clock.instant());
        Post second = run.script.make(run.clock.instant());
        run.instance.post(first, 0);
        run.instance.post(second, 0);
        for (int at = 0; at < 300; at++) {
            run.instance.post(run.script.make(run.clock.instant()), 0);
        }
        run.settle(Duration.ofMinutes(5));
        run.instance.faults().losing(true);
        Post edited = edited(first, run);
        Post unheard = run.script.make(run.clock.instant());
        run.instance.edit(edited);
        run.instance.delete(second);
        run.instance.post(unheard, 0);
        run.instance.faults().losing(false);
        run.settle(Duration.ofSeconds(70));
        assertThat(run.committed.rows()).hasSize(303).containsKey(unheard.uri());
        run.settle(Duration.ofMinutes(15));
        assertThat(run.committed.rows()).hasSize(302).doesNotContainKey(second.uri());
        assertThat(run.committed.rows())
                .hasEntrySatisfying(
                        first.uri(),
                        row -> assertThat(row.path("content").asText()).isEqualTo("<p>edited</p>"));
        assertThat(run.api.opened()).isEqualTo(1);
        assertThat(run.instance.overLimit()).isZero();
    }

    @Property(tries = 5)
    void askingHowStatusesStandTakesNoEditForADeletion(@ForAll Dialect dialect) throws SourceException {
        Run run = new Run(dialect, false, 6);
        Post post = run.script.make(run.clock.instant());
        Post gone = run.script.make(run.clock.instant());
        run.instance.post(post, 0);
        run.instance.post(gone, 0);
        for (int at = 0; at < 200; at++) {
            run.instance.post(run.script.make(run.clock.instant()), 0);
        }
        run.settle(Duration.ofMinutes(3));
        run.instance.edit(edited(post, run));
        run.instance.delete(gone);
        run.settle(Duration.ofMinutes(40));
        assertThat(run.committed.rows()).hasSize(201).doesNotContainKey(gone.uri());
        assertThat(run.committed.rows())
                .hasEntrySatisfying(
                        post.uri(),
                        row -> assertThat(row.path("content").asText()).isEqualTo("<p>edited</p>"));
        assertThat(run.instance.overLimit()).isZero();
    }

    @Example
    void anInstanceThatIsDownIsAskedOnceAMinuteAtLast() throws SourceException {
        Run run = new Run(Dialect.MASTODON, true, 5);
        run.settle(Duration.ofSeconds(20));
        run.instance.faults().broken(true);
        int before = run.api.requests();
        run.settle(Duration.ofHours(1));
        assertThat(run.source.trouble())
                .isEqualTo("a.example answered 503 for /api/v1/accounts/verify_credentials: Service unavailable");
        assertThat(run.api.requests() - before).isBetween(55, 135);
        run.instance.faults().broken(false);
        run.settle(Duration.ofMinutes(2));
        assertThat(run.source.trouble()).isEmpty();
    }

    private static Post edited(Post post, Run run) {
        ObjectNode json = post.json().deepCopy();
        json.put("content", "<p>edited</p>")
                .put("edited_at", run.clock.instant().toString());
        if (post.id().length() == 42) {
            json.put("id", new StringBuilder(post.id()).reverse().toString());
        }
        return new Post(post.uri(), json.path("id").asText(), json);
    }

    @Example
    void whatIsDeletedWithoutAWordIsFoundByAsking() throws SourceException {
        Run run = new Run(Dialect.MASTODON, false, 5);
        Post kept = run.script.make(run.clock.instant());
        Post gone = run.script.make(run.clock.instant());
        run.instance.post(kept, 0);
        run.instance.post(gone, 0);
        run.settle(Duration.ofMinutes(1));
        run.instance.deleteQuietly(gone);
        run.settle(Duration.ofMinutes(12));
        assertThat(run.committed.rows()).containsOnlyKeys(kept.uri());
    }

    @Example
    void anInstanceThatClosesItsTimelineIsToldAndRecovers() throws SourceException {
        Run run = new Run(Dialect.MASTODON, false, 5);
        run.settle(Duration.ofSeconds(20));
        assertThat(run.source.trouble()).isEmpty();
        run.instance.faults().live(Faults.Audience.AUTHENTICATED, false);
        run.settle(Duration.ofSeconds(20));
        assertThat(run.source.trouble())
                .isEqualTo("a.example does not show its public timeline (422: This method requires an authenticated "
                        + "user): a token (token-env or token-file) may help");
        run.instance.faults().live(Faults.Audience.DISABLED, true);
        run.settle(Duration.ofMinutes(2));
        assertThat(run.source.trouble())
                .isEqualTo("a.example cannot be read: its public timeline is disabled, for users too; "
                        + "hashtags may be open");
        run.instance.faults().live(Faults.Audience.PUBLIC, true);
        run.settle(Duration.ofMinutes(6));
        assertThat(run.source.trouble()).isEmpty();
    }

    @Example
    void aRevokedTokenIsToldAndAnotherNeedsNoRestart() throws SourceException {
        Run run = new Run(Dialect.MASTODON, true, 5);
        run.settle(Duration.ofSeconds(20));
        run.instance.faults().token("another");
        run.instance.faults().live(Faults.Audience.AUTHENTICATED, true);
        run.api.cut();
        run.settle(Duration.ofMinutes(2));
        assertThat(run.source.trouble())
                .isEqualTo("a.example refuses the token (401: The access token is invalid): put a valid one into the "
                        + "environment variable TOKEN");
        run.instance.faults().token(Follows.TOKEN);
        run.settle(Duration.ofMinutes(2));
        assertThat(run.source.trouble()).isEmpty();
    }

    @Example
    void anHourOfFiftyPostsASecondTakesNoMoreMemoryThanItsWindow() throws SourceException {
        Run run = new Run(Dialect.MASTODON, true, 11, 5_000);
        int published = 0;
        long halfway = 0;
        for (int second = 0; second < MINUTES * 60; second++) {
            for (int at = 0; at < 50; at++) {
                Post post = run.script.make(run.clock.instant());
                run.instance.post(post, 0);
                published++;
                if (published > 1_000) {
                    // An instance forgets nothing, but this test's must not grow.
                    run.instance.forgetOldest();
                }
            }
            if (second == MINUTES * 30) {
                halfway = used();
            }
            run.clock.advance(Duration.ofSeconds(1));
            for (int round = 0; round < 3; round++) {
                if (run.source.next() instanceof Yield.Chunk chunk) {
                    run.committed.count(chunk);
                }
            }
        }
        run.settle(Duration.ofSeconds(5));
        assertThat(run.committed.counted()).isEqualTo(MINUTES * 60 * 50);
        assertThat(run.committed.state().parts().size()).isLessThanOrEqualTo(20);
        assertThat(used()).as("bytes in use, after %s halfway", halfway).isLessThan(halfway + (4 << 20));
        assertThat(run.instance.overLimit()).isZero();
    }

    private static long used() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}

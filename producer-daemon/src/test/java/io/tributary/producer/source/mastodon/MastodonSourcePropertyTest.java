package io.tributary.producer.source.mastodon;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.producer.source.SourceException;
import io.tributary.producer.source.Yield;
import io.tributary.sandbox.mastodon.Dialect;
import io.tributary.sandbox.mastodon.Faults;
import io.tributary.sandbox.mastodon.Instance;
import io.tributary.sandbox.mastodon.Post;
import io.tributary.sandbox.mastodon.Script;
import io.tributary.testing.ManualClock;
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
            random = new Random(seed);
            instance = new Instance(dialect, clock);
            instance.faults().token(Follows.TOKEN);
            script = new Script(instance, dialect, clock, seed);
            api = new LocalApi(Map.of("a.example", instance));
            config = Follows.config(Follows.instance("https://a.example/", token));
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
        Run run = new Run(Dialect.MASTODON, true, 11);
        int published = 0;
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
            run.clock.advance(Duration.ofSeconds(1));
            for (int round = 0; round < 3; round++) {
                if (run.source.next() instanceof Yield.Chunk chunk) {
                    run.committed.count(chunk);
                }
            }
        }
        run.settle(Duration.ofSeconds(5));
        assertThat(run.committed.counted()).isEqualTo(MINUTES * 60 * 50);
        assertThat(run.committed.state().parts().size()).isLessThanOrEqualTo(80);
        assertThat(run.instance.overLimit()).isZero();
    }
}

package io.tributary.sandbox.cli.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Fifty posts a second for {@code -Dtributary.minutes=60}, into the lake; with {@code -Dtributary.speed=5} as many posts
 * in a fifth of the time.
 */
@EnabledIfSystemProperty(named = "tributary.minutes", matches = "[0-9]+")
class MastodonHourIT {
    private static final int MINUTES = Integer.getInteger("tributary.minutes", 1);
    private static final int SPEED = Integer.getInteger("tributary.speed", 1);
    private static final int POSTS = MINUTES * 60 * 50;
    private static final Duration LOOK = Duration.ofSeconds(5);
    /** Staging's age, the merge period, and what a merge and a question take on a busy machine. */
    private static final Duration ARRIVAL = Duration.ofSeconds(5 + 10 + 60);

    private static final double GROWTH = 1.15;

    private final Shell shell;

    MastodonHourIT(@TempDir Path directory) throws IOException {
        shell = Shell.asUsersHaveIt(directory);
    }

    @AfterEach
    void close() throws IOException {
        shell.close();
    }

    @Test
    void anHourOfPostsArrivesInTimeAndInFlatMemory() throws Exception {
        // What is remembered is full after two fifths of the hour.
        String window = "window = " + Math.max(1_000, POSTS * 2 / 5);
        try (Scene scene = new Scene(POSTS, 50 * SPEED)) {
            scene.steady();
            Shell.Running up = scene.follow(shell, window, "10s");
            await().atMost(Duration.ofMinutes(4)).until(() -> up.printed().contains("up; merges every 10 s"));
            scene.play(0.1);
            await().atMost(ARRIVAL)
                    .ignoreExceptionsInstanceOf(AssertionError.class)
                    .until(() -> number("count(*)") > 0);
            Duration latest = Duration.ZERO;
            long producer = 0;
            long consumer = 0;
            CompletableFuture<Void> playing = scene.playing(1);
            while (!within(LOOK, playing)) {
                Duration lag = lag();
                latest = lag.compareTo(latest) > 0 ? lag : latest;
                if (producer == 0 && scene.played() >= 0.6) {
                    producer = live("producer-statuses");
                    consumer = live("consumer-1");
                }
            }
            long producerAtEnd = live("producer-statuses");
            long consumerAtEnd = live("consumer-1");
            int left = scene.left().size();
            await().atMost(ARRIVAL)
                    .untilAsserted(() -> assertThat(number("count(*)")).isEqualTo(left));
            System.out.println(scene.told() + "; newest row at most " + latest.toMillis()
                    + " ms old; live bytes: producer " + producer + " then " + producerAtEnd + ", consumer " + consumer
                    + " then " + consumerAtEnd);
            assertThat(latest).isLessThan(ARRIVAL);
            assertThat((double) producerAtEnd).isLessThan(producer * GROWTH);
            assertThat((double) consumerAtEnd).isLessThan(consumer * GROWTH + (8 << 20));
            assertThat(scene.overLimit()).isZero();
            assertThat(shell.tributary("audit").succeeds().out())
                    .contains("equal: what was published is in the lake, every record once");
            up.process().destroy();
            up.outcome().succeeds();
        }
    }

    private static boolean within(Duration time, CompletableFuture<Void> done) throws Exception {
        try {
            done.get(time.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException notYet) {
            return false;
        }
    }

    private Duration lag() throws IOException {
        long newest = number("coalesce(max(CAST(to_unixtime(created_at) * 1000 AS bigint)), 0)");
        return Duration.between(
                Instant.ofEpochMilli(newest), InstantSource.system().instant());
    }

    private long number(String what) throws IOException {
        return Long.parseLong(shell.tributary("sql", "--output", "csv", "SELECT " + what + " AS n FROM statuses")
                .succeeds()
                .out()
                .lines()
                .skip(1)
                .findFirst()
                .orElseThrow());
    }

    /** What a process's heap holds after a full collection. */
    private long live(String process) throws Exception {
        Process jcmd = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        Long.toString(shell.pid(process)),
                        "GC.class_histogram")
                .redirectErrorStream(true)
                .start();
        String said = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(jcmd.waitFor()).as(said).isZero();
        String total = said.lines()
                .filter(line -> line.startsWith("Total"))
                .findFirst()
                .orElseThrow(() -> new AssertionError(said));
        return Long.parseLong(total.strip().split(" +", -1)[2]);
    }
}

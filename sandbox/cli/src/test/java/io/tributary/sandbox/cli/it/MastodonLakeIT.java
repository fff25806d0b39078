package io.tributary.sandbox.cli.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tributary.sandbox.cli.process.Leftovers;
import io.tributary.sandbox.mastodon.Post;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * An instance on which everything goes wrong, followed by the real programs beside a data set. Takes minutes, since the
 * instance's limits are real: {@code -Dtributary.posts=400}, or 10000 for the long run.
 */
@EnabledIfSystemProperty(named = "tributary.posts", matches = "[0-9]+")
class MastodonLakeIT {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int POSTS = Integer.getInteger("tributary.posts", 400);
    private static final int PER_SECOND = 30;
    private static final String QUICK = "poll-every = 2s, check-every = 5s, silence = 2s, reconcile-every = 10s";
    private static final Duration UP = Duration.ofMinutes(4);
    /** Deletions that no stream told are found by asking, as far as the limit allows. */
    private static final Duration SETTLED = Duration.ofMinutes(4).plusMillis(POSTS * 250L);

    private static final String ROWS = "SELECT uri, id, content, language, account.acct, favourites_count, "
            + "CAST(round(to_unixtime(created_at) * 1000) AS bigint) AS created, "
            + "CAST(round(to_unixtime(edited_at) * 1000) AS bigint) AS edited, "
            + "array_join(transform(tags, t -> t.name), ',') AS tags, cardinality(mentions) AS mentions, "
            + "cardinality(media_attachments) AS media, quote_state FROM statuses";

    private final Shell shell;

    MastodonLakeIT(@TempDir Path directory) throws IOException {
        shell = Shell.asUsersHaveIt(directory);
    }

    @AfterEach
    void close() throws IOException {
        shell.close();
    }

    @Test
    void theLakeIsTheScriptsEndStateRowByRow() throws Exception {
        Rows.write(shell.directory().resolve("rows.csv"), 500);
        try (Scene scene = new Scene(POSTS, PER_SECOND)) {
            scene.goWrong();
            Shell.Running up = up(scene);
            scene.play(0.66);
            Set<String> played = wanted(scene);
            assertThat(shell.tributary("status").succeeds().out())
                    .contains("producer-rows")
                    .contains("producer-statuses")
                    .contains("consumer-1");
            await().atMost(SETTLED).pollInterval(Duration.ofSeconds(2)).until(() -> rows().containsAll(played));
            stop(up);

            // Nobody listens.
            scene.play(0.72);
            Shell.Running again = up(scene);
            scene.play(1);
            Set<String> wanted = wanted(scene);
            await().atMost(SETTLED)
                    .pollInterval(Duration.ofSeconds(2))
                    .untilAsserted(() -> assertThat(rows()).isEqualTo(wanted));
            System.out.println("in the lake, row by row: " + scene.told());

            assertThat(shell.tributary("audit").succeeds().out())
                    .contains("equal: what was published is in the lake, every record once");
            assertThat(shell.tributary("sql", "--output", "csv", "SELECT count(*) AS n FROM rows")
                            .succeeds()
                            .out())
                    .isEqualTo("n\n500\n");
            assertThat(shell.tributary(
                                    "sql",
                                    "--output",
                                    "csv",
                                    "SELECT stage, topic, reason, count(*) AS n FROM rejected GROUP BY 1, 2, 3")
                            .succeeds()
                            .out())
                    .isEqualTo("stage,topic,reason,n\nsource,statuses.rejected,created_at is no time: absent,1\n");
            assertThat(scene.overLimit()).isZero();
            stop(again);
        }
        assertThat(Files.readString(shell.data().resolve("logs/producer-statuses.log")))
                .doesNotContain(Scene.TOKEN);
    }

    private Shell.Running up(Scene scene) throws IOException {
        Shell.Running up = scene.follow(shell, QUICK, "3s", "rows.csv");
        await().atMost(UP)
                .until(() -> up.printed().contains("up; merges every 3 s")
                        || !up.process().isAlive());
        assertThat(up.printed())
                .contains(scene.url() + " -> topic statuses -> table statuses")
                .contains("up; merges every 3 s; Ctrl-C stops it");
        return up;
    }

    private void stop(Shell.Running up) throws IOException {
        up.process().destroy();
        assertThat(up.outcome().out()).endsWith("stopped; the data is kept\n");
        assertThat(Leftovers.find(shell.data())).isEmpty();
    }

    private Set<String> rows() throws IOException {
        Shell.Outcome answer = shell.tributary("sql", "--output", "json", ROWS);
        Set<String> rows = new TreeSet<>();
        if (answer.exitCode() == 0) {
            for (JsonNode row : MAPPER.readTree(answer.out())) {
                assertThat(rows.add(line(
                                row.path("uri"),
                                row.path("id"),
                                row.path("content"),
                                row.path("language"),
                                row.path("acct"),
                                row.path("favourites_count"),
                                row.path("created"),
                                row.path("edited"),
                                row.path("tags"),
                                row.path("mentions"),
                                row.path("media"),
                                row.path("quote_state"))))
                        .as("no row twice")
                        .isTrue();
            }
        }
        return rows;
    }

    private static Set<String> wanted(Scene scene) {
        Set<String> rows = new TreeSet<>();
        for (Post post : scene.left()) {
            JsonNode json = post.json();
            rows.add(line(
                    json.path("uri"),
                    json.path("id"),
                    json.path("content"),
                    json.path("language"),
                    json.path("account").path("acct"),
                    json.path("favourites_count"),
                    millis(json.path("created_at")),
                    millis(json.path("edited_at")),
                    json.path("tags").path(0).path("name"),
                    json.path("mentions").size(),
                    json.path("media_attachments").size(),
                    json.path("quote").path("state")));
        }
        return rows;
    }

    private static String millis(JsonNode time) {
        return time.isTextual() ? Long.toString(Instant.parse(time.textValue()).toEpochMilli()) : "";
    }

    private static String line(Object... fields) {
        StringBuilder line = new StringBuilder();
        for (Object field : fields) {
            String text = field instanceof JsonNode json ? (json.isNull() ? "" : json.asText()) : field.toString();
            line.append(text).append('|');
        }
        return line.toString();
    }
}

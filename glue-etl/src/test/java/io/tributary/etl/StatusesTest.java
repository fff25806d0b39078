package io.tributary.etl;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tributary.testing.ProjectRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The declared columns of statuses, over what servers were recorded to send and what others are known to send. */
final class StatusesTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Path RECORDINGS = Path.of("producer-daemon/src/test/resources/mastodon");

    private final LakeFixture lake = new LakeFixture("tables = [{ topic = statuses, mode = upsert, "
            + "columns { include classpath(\"tributary/statuses.conf\") } }]");
    private final StagedChain chain = lake.chain("statuses", 0);

    @Test
    void everyRecordedStatusFits() throws IOException {
        Set<String> uris = new HashSet<>();
        for (String recording : List.of("snac-2.75", "gotosocial-0.19.2", "gotosocial-0.20")) {
            Path file = ProjectRoot.path().resolve(RECORDINGS).resolve(recording + "-statuses.ndjson");
            for (String line : Files.readAllLines(file)) {
                JsonNode status = MAPPER.readTree(line).path("status");
                String uri = status.path("uri").asText();
                uris.add(uri);
                chain.record(uri, status.toString());
            }
        }
        chain.cut();

        assertThat(lake.merge().tables().get(0).totals().rejected()).isZero();

        assertThat(lake.text("SELECT count(*), count(uri), count(id), count(created_at), count(content), "
                        + "count(account.acct), count(visibility) FROM @statuses"))
                .containsExactly(("|" + uris.size()).repeat(7).substring(1));
        assertThat(lake.text("SELECT count(*) FROM @statuses WHERE exists(tags, t -> t.name IS NOT NULL)"))
                .isNotEqualTo(List.of("0"));
    }

    @Test
    void noDialectIsRefusedAndWhatIsNoTimeStopsNothing() {
        String[] odd = {
            "\"quote\":{\"state\":\"accepted\",\"quoted_status_id\":\"9\"}",
            "\"quote\":{\"id\":\"9\",\"account\":{}}",
            "\"quote\":null,\"pleroma\":{\"quote\":{\"id\":\"9\"},\"emoji_reactions\":[]}",
            "\"account\":{\"id\":\"1\",\"acct\":\"a\",\"bot\":null,\"roles\":[{\"id\":1}],\"new\":{\"deep\":1}}",
            "\"poll\":{\"options\":[{\"votes_count\":null}]},\"card\":{\"url\":\"x\"},\"application\":{\"website\":null}",
            "\"media_attachments\":[{\"id\":\"m\",\"url\":null,\"meta\":{\"small\":{\"width\":1}},\"description\":null}]",
            "\"created_at\":\"2026-11-20T08:50:00.123456Z\",\"edited_at\":null,\"language\":null",
            "\"tags\":[{\"name\":\"a\",\"url\":\"b\",\"following\":true}],\"mentions\":[],\"quotes_count\":3",
            "\"created_at\":\"yesterday\""
        };
        for (int at = 0; at < odd.length; at++) {
            chain.record("u" + at, "{\"uri\":\"u" + at + "\"," + odd[at] + "}");
        }
        chain.cut();

        lake.merge();

        assertThat(lake.text("SELECT uri, quote, account.acct, media_attachments[0].meta, tags[0].name, quotes_count, "
                        + "created_at IS NULL FROM @statuses ORDER BY 1"))
                .containsExactly(
                        "u0|{\"state\":\"accepted\",\"quoted_status_id\":\"9\"}|null|null|null|null|true",
                        "u1|{\"id\":\"9\",\"account\":{}}|null|null|null|null|true",
                        "u2|null|null|null|null|null|true",
                        "u3|null|a|null|null|null|true",
                        "u4|null|null|null|null|null|true",
                        "u5|null|null|{\"small\":{\"width\":1}}|null|null|true",
                        "u6|null|null|null|null|null|false",
                        "u7|null|null|null|a|3|true");
        assertThat(lake.text("SELECT stage, offset, reason FROM @rejected"))
                .singleElement()
                .asString()
                .startsWith("merge|8|")
                .contains("created_at");
    }
}

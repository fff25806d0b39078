package io.tributary.sandbox.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The stand-in, followed into the lake. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class MastodonIT {
    private final Shell shell;

    MastodonIT(@TempDir Path directory) throws IOException {
        shell = new Shell(directory);
    }

    @AfterAll
    void close() throws IOException {
        shell.close();
    }

    @Test
    @Order(1)
    void theStandInsPostsArriveInTheLake() throws IOException {
        assertThat(shell.tributary("run", "--mastodon", "demo", "--minutes", "0.4")
                        .succeeds()
                        .out())
                .contains("a stand-in for an instance -> topic statuses -> table statuses")
                .containsPattern("follow   [0-9,]+ posts, [0-9,]+ edits?, [0-9,]+ deletes?, the newest")
                .containsPattern("table statuses: [0-9,]+ rows")
                .contains("equal: what was published is in the lake, every record once");
    }

    @Test
    @Order(2)
    void tagsAndMediaAreArraysAndAccountsHaveFields() throws IOException {
        assertThat(shell.tributary(
                                "sql",
                                "--output",
                                "csv",
                                "SELECT min(t.name), min(account.acct), min(event), count(DISTINCT uri) - count(*) AS d "
                                        + "FROM statuses CROSS JOIN UNNEST(tags) AS t (name, url)")
                        .succeeds()
                        .out())
                .endsWith("\nbirds,user0,edit,0\n");
    }

    @Test
    @Order(3)
    void whatIsNoAddressIsRefusedAtOnce() throws IOException {
        assertThat(shell.tributary("run", "--mastodon", "mastodon.example")
                        .failsWith(2)
                        .err())
                .startsWith("tributary: --mastodon 'mastodon.example' is no instance's address, such as "
                        + "https://mastodon.example, or demo");
    }
}

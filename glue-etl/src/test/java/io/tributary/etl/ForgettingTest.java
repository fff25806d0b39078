package io.tributary.etl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.etl.table.Counts;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Encoders;
import org.junit.jupiter.api.Test;

/** The right to be forgotten: what was deleted is gone from snapshots and from files when its time has come. */
final class ForgettingTest {
    private static final String STATUSES = "tables = [{ topic = statuses, mode = upsert, "
            + "columns { include classpath(\"tributary/statuses.conf\") } }]\n";

    @Test
    void aDeletedStatusIsGoneAtTheNextMergeAndFromTheFilesWithinTheConfiguredDays() throws IOException {
        LakeFixture lake = new LakeFixture(
                STATUSES + "maintenance { retain-snapshots = 3d, retain-last = 1, rewrite-deleted-after = 2d }");
        StagedChain chain = lake.chain("statuses", 0)
                .record("https://a/1", "{\"uri\":\"https://a/1\",\"text\":\"forget me\"}")
                .record("https://a/2", "{\"uri\":\"https://a/2\",\"text\":\"keep me\"}")
                .cut();
        lake.merge();
        String before = lake.text("SELECT snapshot_id FROM @statuses.snapshots ORDER BY committed_at DESC LIMIT 1")
                .get(0);
        String past = "SELECT text FROM @statuses VERSION AS OF " + before + " ORDER BY 1";
        chain.record("https://a/1", null).cut();
        lake.merge();

        assertThat(lake.text("SELECT text FROM @statuses")).containsExactly("keep me");
        lake.mergeAfterDays(1);
        assertThat(lake.text(past)).containsExactly("forget me", "keep me");
        assertThat(inFiles(lake)).contains("forget me");

        lake.mergeAfterDays(4);

        assertThat(lake.text("SELECT text FROM @statuses")).containsExactly("keep me");
        assertThatThrownBy(() -> lake.text(past)).hasMessageContaining(before);
        assertThat(inFiles(lake)).containsOnly("keep me");
        chain.record("https://a/3", "{\"uri\":\"https://a/3\",\"text\":\"new\"}")
                .cut();
        assertThat(lake.merge().tables().get(0).totals()).isEqualTo(new Counts(4, 2, 0, 1, 1, 0, 0));
    }

    @Test
    void filesWithoutDeletionsAreNotRewritten() throws IOException {
        LakeFixture lake = new LakeFixture(
                STATUSES + "maintenance { retain-snapshots = 3d, retain-last = 1, rewrite-deleted-after = 2d }");
        lake.chain("statuses", 0)
                .record("https://a/1", "{\"uri\":\"https://a/1\"}")
                .cut();
        lake.merge();
        List<String> files = lake.text("SELECT file_path FROM @statuses.files");

        lake.mergeAfterDays(4);

        assertThat(lake.text("SELECT file_path FROM @statuses.files")).isEqualTo(files);
    }

    /** The texts in all data files on disk, whoever still knows of them. */
    private static List<String> inFiles(LakeFixture lake) throws IOException {
        Path any = Path.of(URI.create(lake.text("SELECT file_path FROM @statuses.files WHERE content = 0 LIMIT 1")
                .get(0)));
        try (Stream<Path> all = Files.list(any.resolveSibling("."))) {
            String[] files = all.map(Path::toString)
                    .filter(file -> file.endsWith(".parquet") && !file.endsWith("-deletes.parquet"))
                    .toArray(String[]::new);
            return lake.spark()
                    .read()
                    .parquet(files)
                    .select("text")
                    .as(Encoders.STRING())
                    .collectAsList();
        }
    }
}

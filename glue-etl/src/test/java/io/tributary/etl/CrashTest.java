package io.tributary.etl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.etl.merge.Stage;
import io.tributary.etl.merge.StageListener;
import io.tributary.etl.table.Counts;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A merge may end at any stage, and merges may run at the same time: each record is in one place, once. */
final class CrashTest {
    private static final String TABLES = "tables = [{ topic = a }, { topic = u, mode = upsert }]";

    /** An error, as the end of a process is none that a program catches. */
    private static final class Crash extends Error {
        private static final long serialVersionUID = 1L;
    }

    private static StageListener crashAt(Stage stage) {
        return (table, reached) -> {
            if (reached == stage) {
                throw new Crash();
            }
        };
    }

    @ParameterizedTest
    @EnumSource(Stage.class)
    void aMergeThatEndsAtAnyStageIsMadeGoodByTheNext(Stage stage) {
        LakeFixture lake = new LakeFixture(TABLES);
        StagedChain append = lake.chain("a", 0)
                .record("k", "{\"n\":1}")
                .record("k", "{\"n\":2,\"n\":2}")
                .cut();
        StagedChain upsert = lake.chain("u", 0)
                .record("k", "{\"n\":1}")
                .record(null, "{\"n\":1}")
                .record("l", "{\"n\":1}")
                .cut();
        crash(lake, "tables = [{ topic = a }]", stage);
        crash(lake, "tables = [{ topic = u, mode = upsert }]", stage);
        lake.merge();
        append.record("k", "{\"n\":\"bad\"}").record("k", "{\"n\":3,\"m\":1}").cut();
        upsert.record("k", "{\"n\":\"bad\"}")
                .record("k", "{\"n\":2}")
                .record("l", null)
                .cut();
        crash(lake, "tables = [{ topic = a }]", stage);
        append.record("k", "{\"n\":4}").cut();
        crash(lake, "tables = [{ topic = u, mode = upsert }]", stage);

        MergeReport report = lake.merge();

        assertThat(lake.text("SELECT n, m, _offset FROM @a ORDER BY _offset"))
                .containsExactly("1|null|0", "3|1|3", "4|null|4");
        assertThat(lake.text("SELECT _key, n FROM @u")).containsExactly("k|2");
        assertThat(lake.text("SELECT topic, offset FROM @rejected ORDER BY 1, 2"))
                .containsExactly("a|1", "a|2", "u|1", "u|3");
        assertThat(report.tables().get(0).totals()).isEqualTo(new Counts(5, 3, 0, 0, 0, 2, 0));
        assertThat(report.tables().get(1).totals()).isEqualTo(new Counts(6, 1, 1, 1, 1, 2, 0));
    }

    private static void crash(LakeFixture lake, String tables, Stage stage) {
        assertThatThrownBy(() -> lake.merge(tables, crashAt(stage))).isInstanceOf(Crash.class);
    }

    @ParameterizedTest
    @EnumSource(names = {"REJECTS_WRITTEN", "REJECTS_PUBLISHED"})
    void aMergeOfSourcesRejectsThatEndsAtAnyOfItsStagesIsMadeGoodByTheNext(Stage stage) {
        LakeFixture lake = new LakeFixture("tables = [{ topic = a }]");
        StagedChain rejects = lake.chain("a.rejected", 0);
        for (int round = 1; round <= 2; round++) {
            rejects.record(null, "{\"source\":\"f.csv\",\"line\":1,\"reason\":\"ragged\",\"raw\":\"a\"}")
                    .cut();
            crash(lake, "", stage);
        }

        lake.merge();

        assertThat(lake.text("SELECT offset, reason FROM @rejected ORDER BY 1"))
                .containsExactly("0|ragged", "1|ragged");
    }

    @Test
    void theWatermarkOfTheRejectsStaysWhereACrashedRunPutItThoughTheNextTakesASmallerBatch() {
        LakeFixture lake = new LakeFixture("tables = [{ topic = a }]");
        lake.chain("a", 0)
                .record("k", "{\"n\":1,\"n\":1}", 1_000)
                .cut()
                .record("k", "{\"n\":2,\"n\":2}", 1_001)
                .record("k", "{\"n\":2}", 1_001)
                .cut();
        crash(lake, "", Stage.REJECTS_PUBLISHED);
        // Older by its timestamp, so that it alone is the next batch, and brings a reject of its own.
        lake.chain("a", 1).record("k", "{\"n\":3,\"n\":3}", 500).cut();

        MergeReport report = lake.merge("batch.max-links = 1", StageListener.NONE);

        assertThat(lake.text("SELECT partition, offset FROM @rejected ORDER BY 1, 2"))
                .containsExactly("0|0", "0|1", "1|0");
        assertThat(lake.text("SELECT n FROM @a")).containsExactly("2");
        assertThat(report.tables().get(0).commits()).isEqualTo(3);
        assertThat(report.tables().get(0).totals()).isEqualTo(new Counts(4, 1, 0, 0, 0, 3, 0));
    }

    @Test
    void ofMergesAtTheSameTimeExactlyOneMergesABatch() throws Exception {
        LakeFixture lake = new LakeFixture(TABLES);
        StagedChain append = lake.chain("a", 0);
        StagedChain upsert = lake.chain("u", 0);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            for (int round = 0; round < 3; round++) {
                append.record("k", "{\"n\":" + round + "}")
                        .record("k", "{\"n\":\"x\",\"n\":1}")
                        .cut();
                upsert.record("k" + round, "{\"n\":1}")
                        .record(null, "{\"n\":1}")
                        .cut();
                List<Future<MergeReport>> merges =
                        List.of(threads.submit(() -> lake.merge()), threads.submit(() -> lake.merge()));
                assertThat(commits(merges.get(0), 0) + commits(merges.get(1), 0))
                        .isEqualTo(1);
                assertThat(commits(merges.get(0), 1) + commits(merges.get(1), 1))
                        .isEqualTo(1);
            }
        } finally {
            threads.shutdownNow();
        }

        MergeReport report = lake.merge();

        assertThat(lake.text("SELECT count(*), count(DISTINCT _offset) FROM @a"))
                .containsExactly("3|3");
        assertThat(lake.text("SELECT count(*), count(DISTINCT _key) FROM @u")).containsExactly("3|3");
        assertThat(lake.text("SELECT count(*), count(DISTINCT topic, offset) FROM @rejected"))
                .containsExactly("6|6");
        assertThat(report.tables().get(0).totals()).isEqualTo(new Counts(6, 3, 0, 0, 0, 3, 0));
        assertThat(report.tables().get(1).totals()).isEqualTo(new Counts(6, 3, 0, 0, 0, 3, 0));
    }

    private static int commits(Future<MergeReport> merge, int table) throws InterruptedException, ExecutionException {
        return merge.get().tables().get(table).commits();
    }
}

package io.tributary.etl;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.etl.audit.LakeAudit;
import io.tributary.etl.merge.TableReport;
import io.tributary.etl.table.Counts;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rejects of sources, and snapshots that others write. */
final class OthersTest {
    @Test
    void whatSourcesRefusedIsMergedIntoTheTableOfRejects() {
        LakeFixture lake = new LakeFixture("tables = [{ topic = t }]");
        lake.chain("t", 0).record(null, "{\"n\":1,\"n\":2}").cut();
        StagedChain rejects = lake.chain("t.rejected", 0)
                .record(
                        null,
                        "{\"source\":\"f.csv\",\"line\":17,\"from\":1,\"to\":5,\"reason\":\"ragged\",\"raw\":\"a,b\",\"rawEncoding\":\"utf-8\",\"part\":1,\"parts\":2}")
                .record(null, "{\"strange\":true}")
                .bytes(null, "x".getBytes(StandardCharsets.UTF_8), 3, List.of())
                .cut();
        lake.merge();
        rejects.record(
                        null,
                        "{\"source\":\"f.csv\",\"line\":18,\"reason\":\"nul\",\"raw\":\"AA==\",\"rawEncoding\":\"base64\",\"part\":1,\"parts\":1}")
                .cut();

        MergeReport report = lake.merge();

        assertThat(
                        lake.text(
                                "SELECT topic, offset, stage, source, reason, raw, raw_encoding, part, parts FROM @rejected ORDER BY topic, offset"))
                .containsExactly(
                        "t|0|merge|null|field 'n' occurs twice in one object|{\"n\":1,\"n\":2}|utf-8|1|1",
                        "t.rejected|0|source|f.csv:17|ragged|a,b|utf-8|1|2",
                        "t.rejected|1|decode|null|the record of a reject lacks its reason|{\"strange\":true}|utf-8|1|1",
                        "t.rejected|2|decode|null|the value is not JSON in UTF-8, at byte 0|eA==|base64|1|1",
                        "t.rejected|3|source|f.csv:18|nul|AA==|base64|1|1");
        assertThat(report.tables().get(1).merged().records()).isEqualTo(1);
        assertThat(report.tables().get(1).watermark().at(rejects.id()).records())
                .isEqualTo(4);
    }

    @Test
    void theWatermarkIsFoundBehindSnapshotsOfOthers() {
        LakeFixture lake = new LakeFixture("tables = [{ topic = t }]");
        StagedChain chain = lake.chain("t", 0)
                .record(null, "{\"n\":1}")
                .record(null, "{\"n\":2}")
                .cut();
        lake.merge();
        chain.record(null, "{\"n\":3}").cut();
        lake.merge();
        lake.sql("CALL lake.system.rewrite_data_files(table => '@t', options => map('rewrite-all', 'true'))");
        lake.sql("DELETE FROM @t WHERE n = 2");
        chain.record(null, "{\"n\":4}").cut();

        TableReport report = lake.merge().tables().get(0);

        assertThat(lake.text("SELECT n FROM @t ORDER BY n")).containsExactly("1", "3", "4");
        assertThat(report.merged().records()).isEqualTo(1);
        assertThat(report.totals()).isEqualTo(new Counts(4, 3, 0, 0, 1, 0, 0));
    }

    @Test
    void aTableThatWasRolledBackMergesAgainWhatItLost() {
        LakeFixture lake = new LakeFixture("tables = [{ topic = t }]");
        StagedChain chain = lake.chain("t", 0).record(null, "{\"n\":1}").cut();
        lake.merge();
        String good = lake.text("SELECT snapshot_id FROM @t.history ORDER BY made_current_at DESC LIMIT 1")
                .get(0);
        chain.record(null, "{\"n\":2}").record(null, "{\"n\":3,\"n\":4}").cut();
        lake.merge();
        lake.sql("CALL lake.system.rollback_to_snapshot('@t', " + good + ")");
        assertThat(lake.text("SELECT n FROM @t")).containsExactly("1");

        TableReport report = lake.merge().tables().get(0);

        assertThat(lake.text("SELECT n FROM @t ORDER BY n")).containsExactly("1", "2");
        assertThat(lake.text("SELECT offset FROM @rejected")).containsExactly("2");
        assertThat(report.merged().records()).isEqualTo(2);
    }

    @Test
    void compactionAndExpiryKeepTheWatermark() {
        LakeFixture lake = new LakeFixture("tables = [{ topic = u, mode = upsert }]\n"
                + "maintenance { compact-every = 3, retain-snapshots = 0s, retain-last = 1 }");
        StagedChain chain = lake.chain("u", 0);
        List<TableReport> reports = new ArrayList<>();
        for (int merge = 0; merge < 8; merge++) {
            chain.record("a", "{\"n\":" + merge + "}").record("b" + merge, "{\"n\":1}");
            chain.record("b" + (merge - 1), null).cut();
            reports.add(lake.merge().tables().get(0));
        }

        assertThat(lake.text("SELECT _key, n FROM @u ORDER BY 1")).containsExactly("a|7", "b7|1");
        assertThat(reports.get(7).totals()).isEqualTo(new Counts(24, 2, 7, 8, 7, 0, 0));
        assertThat(lake.sql("SELECT * FROM @u.snapshots").size()).isLessThan(4);
        assertThat(lake.merge().tables().get(0).commits()).isZero();
    }

    @Test
    void whatSourcesRefusedIsNotDoubledWhenTheRejectsForgetTheirWatermark() {
        LakeFixture lake = new LakeFixture("tables = [{ topic = t }]");
        StagedChain chain = lake.chain("t", 0).record(null, "{\"n\":1,\"n\":2}").cut();
        lake.chain("t.rejected", 0)
                .record(null, "{\"source\":\"f.csv\",\"line\":1,\"reason\":\"ragged\",\"raw\":\"a\"}")
                .cut();
        lake.merge();
        lake.forgetSummaries("rejected");
        // A reject of the topic's own comes first, and brings the table a watermark again.
        chain.record(null, "{\"n\":3,\"n\":4}").cut();

        lake.merge();

        assertThat(lake.text("SELECT topic, offset FROM @rejected ORDER BY 1, 2"))
                .containsExactly("t|0", "t|1", "t.rejected|0");
        assertThat(LakeAudit.of(lake.config("")).toJson()).contains("\"counts\":{\"records\":3,\"live\":3,");
    }

    @Test
    void rejectsBeyondARebuiltWatermarkAreCountedOnce() {
        LakeFixture lake = new LakeFixture("tables = [{ topic = t }]");
        StagedChain chain = lake.chain("t", 0)
                .record(null, "{\"n\":1}")
                .record(null, "{\"n\":1,\"n\":2}")
                .cut()
                .record(null, "{\"n\":3,\"n\":4}")
                .cut();
        lake.merge();
        lake.forgetSummaries("t");
        chain.record(null, "{\"n\":4}").cut();

        TableReport report = lake.merge().tables().get(0);

        assertThat(lake.text("SELECT offset FROM @rejected ORDER BY 1")).containsExactly("1", "2");
        assertThat(report.totals()).isEqualTo(new Counts(4, 2, 0, 0, 0, 2, 0));
        assertThat(report.watermark().at(chain.id()).records()).isEqualTo(4);
    }

    @Test
    void theWatermarkIsRebuiltFromTheRowsWhenNoSnapshotTellsIt() {
        LakeFixture lake = new LakeFixture("tables = [{ topic = t }]");
        StagedChain chain = lake.chain("t", 0)
                .record(null, "{\"n\":1}")
                .record(null, "{\"n\":2}")
                .cut()
                .record(null, "{\"n\":3}")
                .bytes(null, "x".getBytes(StandardCharsets.UTF_8), 3, List.of())
                .cut()
                .bytes(null, "y".getBytes(StandardCharsets.UTF_8), 3, List.of())
                .cut();
        lake.merge();
        lake.forgetSummaries("t");
        chain.record(null, "{\"n\":4}").cut();

        TableReport report = lake.merge().tables().get(0);

        assertThat(lake.text("SELECT n FROM @t ORDER BY n")).containsExactly("1", "2", "3", "4");
        assertThat(lake.text("SELECT count(*) FROM @rejected")).containsExactly("2");
        assertThat(report.watermark().at(chain.id()).next()).isEqualTo(6);
        assertThat(report.totals().live()).isEqualTo(4);
    }
}

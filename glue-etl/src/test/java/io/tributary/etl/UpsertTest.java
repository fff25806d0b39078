package io.tributary.etl;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.etl.merge.TableReport;
import io.tributary.etl.table.Counts;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A table of mode upsert: one row for each key, the latest record's. */
final class UpsertTest {
    private static final String TABLE = "tables = [{ topic = t, mode = upsert }]";

    @Test
    void theLatestRecordWinsATombstoneDeletesAndALaterRecordBringsTheKeyBack() {
        LakeFixture lake = new LakeFixture(TABLE);
        StagedChain chain = lake.chain("t", 0)
                .record("a", "{\"n\":1}")
                .record("b", "{\"n\":1}")
                .record("a", "{\"n\":2}")
                .record("c", "{\"n\":1}")
                .cut();
        lake.merge();
        chain.record("a", null)
                .record("b", "{\"n\":2}")
                .record("d", "{\"n\":1}")
                .cut();
        chain.record("d", null).record("c", null).record("c", "{\"n\":2}").cut();

        TableReport report = lake.merge().tables().get(0);

        assertThat(lake.text("SELECT _key, n, _offset FROM @t ORDER BY _key")).containsExactly("b|2|5", "c|2|9");
        assertThat(report.totals()).isEqualTo(new Counts(10, 2, 2, 3, 3, 0, 0));
        chain.record("a", "{\"n\":3}").cut();
        assertThat(lake.merge().tables().get(0).totals()).isEqualTo(new Counts(11, 3, 2, 3, 3, 0, 0));
        assertThat(lake.text("SELECT _key, n FROM @t ORDER BY _key")).containsExactly("a|3", "b|2", "c|2");
    }

    @Test
    void aRecordWithoutAKeyIsRejected() {
        LakeFixture lake = new LakeFixture(TABLE);
        lake.chain("t", 0)
                .record(null, "{\"n\":1}")
                .record(null, null)
                .record("k", "{\"n\":2}")
                .cut();

        TableReport report = lake.merge().tables().get(0);

        assertThat(lake.text("SELECT n FROM @t")).containsExactly("2");
        assertThat(lake.text("SELECT stage, offset, reason, raw FROM @rejected ORDER BY offset"))
                .containsExactly(
                        "merge|0|the record has no key, which a table of mode upsert needs|{\"n\":1}",
                        "merge|1|the record has no key, which a table of mode upsert needs|null");
        assertThat(report.totals()).isEqualTo(new Counts(3, 1, 0, 0, 0, 2, 0));
    }

    @Test
    void betweenPartitionsTheLaterTimestampWins() {
        LakeFixture lake = new LakeFixture(TABLE);
        StagedChain zero = lake.chain("t", 0)
                .record("k", "{\"n\":1}", 500)
                .record("gone", null, 500)
                .cut();
        lake.chain("t", 1)
                .record("k", "{\"n\":2}", 400)
                .record("gone", "{\"n\":2}", 400)
                .cut();
        lake.merge();
        StagedChain two = lake.chain("t", 2).record("k", "{\"n\":3}", 450).cut();
        TableReport late = lake.merge().tables().get(0);

        assertThat(lake.text("SELECT _key, n FROM @t")).containsExactly("k|1");
        assertThat(late.totals()).isEqualTo(new Counts(5, 1, 2, 1, 1, 0, 0));
        two.record("k", "{\"n\":4}", 501).cut();
        lake.merge();
        zero.record("k", "{\"n\":5}", 100).cut();
        lake.merge();
        assertThat(lake.text("SELECT _key, n FROM @t")).containsExactly("k|4");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void whateverTheBatchesTheTableIsWhatTheModelSays(long seed) {
        Random random = new Random(seed);
        LakeFixture lake = new LakeFixture(TABLE + "\nbatch.max-links = " + (2 + random.nextInt(5)));
        LatestWinsModel model = new LatestWinsModel();
        StagedChain[] chains = {lake.chain("t", 0), lake.chain("t", 1)};
        Counts totals = Counts.NONE;
        for (int merge = 0; merge < 3; merge++) {
            for (int link = 0; link < 5; link++) {
                StagedChain chain = chains[random.nextInt(chains.length)];
                for (int record = random.nextInt(12); record >= 0; record--) {
                    String key = random.nextInt(20) == 0
                            ? null
                            : "k" + random.nextInt(8) + "-" + chain.id().partition();
                    Integer value = random.nextInt(3) == 0 ? null : random.nextInt(1000);
                    model.apply(key, value);
                    chain.record(key, value == null ? null : "{\"n\":" + value + "}");
                }
                chain.cut();
            }
            totals = lake.merge().tables().get(0).totals();
        }

        assertThat(lake.text("SELECT _key, n FROM @t ORDER BY _key")).containsExactlyElementsOf(model.rows());
        assertThat(totals)
                .isEqualTo(new Counts(
                        model.records(),
                        model.rows().size(),
                        model.superseded(),
                        model.tombstones(),
                        model.deleted(),
                        lake.sql("SELECT * FROM @rejected").size(),
                        0));
    }
}

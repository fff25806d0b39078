package io.tributary.etl;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A table of mode append: every record is a row, once. */
final class AppendTest {
    @Test
    void recordsBecomeRowsWithInferredColumns() {
        LakeFixture lake = new LakeFixture("tables = [{ topic = flights }]");
        lake.chain("flights", 0)
                .record("AA", "{\"Origin City\":\"Köln\",\"delay\":3,\"ratio\":1.5,\"late\":true,\"none\":null}")
                .record(null, "{\"Origin City\":\"x\\ny\",\"delay\":-7,\"ratio\":2,\"late\":false}")
                .cut();

        MergeReport report = lake.merge();

        assertThat(
                        lake.text(
                                "SELECT `origin city`, delay, ratio, late, _key, _topic_partition, _offset FROM @flights ORDER BY _offset"))
                .containsExactly("Köln|3|1.5|true|AA|0|0", "x\ny|-7|2.0|false|null|0|1");
        assertThat(report.tables().get(0).totals().live()).isEqualTo(2);
    }
}

package io.tributary.etl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.etl.merge.TableReport;
import io.tributary.etl.table.Counts;
import org.junit.jupiter.api.Test;

/** The user's SQL between the records and the table. */
final class TransformTest {
    @Test
    void aQueryMakesTheRowsAndMayLeaveRecordsOut() {
        LakeFixture lake = new LakeFixture("""
                tables = [{ topic = t
                  transform = "SELECT upper(city) AS City, cast(n AS double) AS n, _key, _incarnation, _topic_partition, _offset, _timestamp FROM records WHERE n > 0" }]
                """);
        StagedChain chain = lake.chain("t", 0)
                .record(null, "{\"city\":\"bonn\",\"n\":1}")
                .record(null, "{\"city\":\"ulm\",\"n\":0}")
                .cut();
        lake.merge();
        chain.record(null, "{\"city\":\"kiel\",\"n\":2,\"more\":1}")
                .record(null, "{\"n\":\"x\"}")
                .cut();

        TableReport report = lake.merge().tables().get(0);

        assertThat(lake.text("SELECT city, n FROM @t ORDER BY n")).containsExactly("BONN|1.0", "KIEL|2.0");
        assertThat(lake.text("SELECT reason FROM @rejected"))
                .containsExactly("column 'n' is bigint, which cannot hold x unchanged");
        assertThat(report.totals()).isEqualTo(new Counts(4, 2, 0, 0, 0, 1, 1));
    }

    @Test
    void anUpsertIsTransformedTooAndTombstonesPass() {
        LakeFixture lake = new LakeFixture("""
                tables = [{ topic = t, mode = upsert
                  transform = "SELECT *, n * 2 AS twice FROM records WHERE n < 100" }]
                """);
        StagedChain chain = lake.chain("t", 0)
                .record("a", "{\"n\":1}")
                .record("b", "{\"n\":2}")
                .cut();
        lake.merge();
        chain.record("a", null)
                .record("b", "{\"n\":500}")
                .record("c", "{\"n\":3}")
                .cut();

        TableReport report = lake.merge().tables().get(0);

        assertThat(lake.text("SELECT _key, n, twice FROM @t ORDER BY _key")).containsExactly("b|2|4", "c|3|6");
        assertThat(report.totals()).isEqualTo(new Counts(5, 2, 0, 1, 1, 0, 1));
    }

    @Test
    void rowsThatFailARuleAreRejected() {
        LakeFixture lake = new LakeFixture("""
                tables = [{ topic = t
                  rules = [{ name = positive, where = "n > 0" }, { name = named, where = "name IS NOT NULL" }] }]
                """);
        lake.chain("t", 0)
                .record(null, "{\"n\":1,\"name\":\"x\"}")
                .record(null, "{\"n\":-1,\"name\":\"y\"}")
                .record(null, "{\"name\":\"z\"}")
                .record("k", "{\"n\":2}")
                .cut();

        TableReport report = lake.merge().tables().get(0);

        assertThat(lake.text("SELECT name FROM @t")).containsExactly("x");
        assertThat(lake.text("SELECT stage, offset, reason, raw, key FROM @rejected ORDER BY offset"))
                .containsExactly(
                        "transform|1|rule 'positive' does not hold: n > 0|{\"n\":-1,\"name\":\"y\"}|null",
                        "transform|2|rule 'positive' does not hold: n > 0|{\"name\":\"z\"}|null",
                        "transform|3|rule 'named' does not hold: name IS NOT NULL|{\"n\":2}|k");
        assertThat(report.totals()).isEqualTo(new Counts(4, 1, 0, 0, 0, 3, 0));
    }

    @Test
    void mistakesInSqlAreReportedWithTheirKey() {
        assertFails("transform = \"SELEC * FROM records\"", "tables[0].transform: ");
        assertFails("transform = \"SELECT nope FROM records\"", "tables[0].transform: ");
        assertFails(
                "transform = \"SELECT n FROM records\"",
                "tables[0].transform: the query must keep column _key, of [_key, _incarnation, _topic_partition,"
                        + " _offset, _timestamp]; SELECT *, ... keeps them all");
        assertFails(
                "transform = \"SELECT records.* FROM records, range(2)\"",
                "tables[0].transform: the query makes 2 rows of 1 records; it must make one row of a record, or none");
        assertFails("rules = [{ name = r, where = \"n >\" }]", "tables[0].rules[0].where: ");
        assertFails("rules = [{ name = r, where = \"nope > 1\" }]", "tables[0].rules[0].where: ");
    }

    private static void assertFails(String setting, String reason) {
        LakeFixture lake = new LakeFixture("tables = [{ topic = t, " + setting + " }]");
        lake.chain("t", 0).record(null, "{\"n\":1}").cut();
        assertThatThrownBy(lake::merge)
                .isInstanceOf(EtlException.class)
                .hasMessageStartingWith("1 table could not be merged: t: " + reason);
    }
}

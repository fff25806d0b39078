package io.tributary.etl;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.etl.merge.TableReport;
import io.tributary.etl.table.Counts;
import io.tributary.staging.ChainId;
import io.tributary.staging.Compression;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A table of mode append: every record is a row, once. */
final class AppendTest {
    @Test
    void recordsBecomeRowsWithInferredColumns() {
        LakeFixture lake = new LakeFixture("tables = [{ topic = flights.eu }]");
        lake.chain("flights.eu", 0)
                .record("AA", "{\"Origin City\":\"Köln\",\"delay\":3,\"ratio\":1.5,\"late\":true,\"none\":null}")
                .record(null, "{\"Origin City\":\"x\\ny\",\"delay\":-7,\"ratio\":2,\"late\":false}")
                .cut();

        MergeReport report = lake.merge();

        assertThat(lake.text("SELECT `origin city`, delay, ratio, late, _key, _topic_partition, _offset, _timestamp"
                        + " FROM @flights_eu ORDER BY _offset"))
                .containsExactly(
                        "Köln|3|1.5|true|AA|0|0|2023-11-14T22:13:20Z",
                        "x\ny|-7|2.0|false|null|0|1|2023-11-14T22:13:20.001Z");
        assertThat(lake.columns("flights_eu"))
                .containsExactly(
                        "origin city string",
                        "delay bigint",
                        "ratio double",
                        "late boolean",
                        "_key string",
                        "_incarnation string",
                        "_topic_partition int",
                        "_offset bigint",
                        "_timestamp timestamp");
        assertThat(report.tables().get(0).totals()).isEqualTo(new Counts(2, 2, 0, 0, 0, 0, 0));
    }

    @Test
    void whatIsOddAndStillJsonIsMergedToo() {
        LakeFixture lake = new LakeFixture("tables = [{ topic = odd }]");
        String digits = "7".repeat(3000);
        String deep = "[".repeat(999) + "]".repeat(999);
        lake.chain("odd", 0)
                .record("long", "{\"text\":\"" + "x".repeat(21_000_000) + "\"}")
                .record("number", "{\"number\":" + digits + "}")
                .record("deep", "{\"deep\":" + deep + "}")
                .record("name", "{\"" + "n".repeat(200) + "\":1}")
                .cut();

        MergeReport report = lake.merge();

        assertThat(lake.text("SELECT length(text), number, _key FROM @odd ORDER BY _offset"))
                .containsExactly(
                        "21000000|null|long", "null|" + digits + "|number", "null|null|deep", "null|null|name");
        assertThat(report.tables().get(0).totals()).isEqualTo(new Counts(4, 4, 0, 0, 0, 0, 0));
    }

    @Test
    void whatNoTextCanHoldIsRejectedAndKept() {
        LakeFixture lake = new LakeFixture("tables = [{ topic = halves }]");
        lake.chain("halves", 0)
                .record("whole", "{\"text\":\"\\ud83d\\ude00\"}")
                .record("half", "{\"text\":\"\\ud83d\",\"other\":1}")
                .cut();

        lake.merge();

        assertThat(lake.text("SELECT text, _key FROM @halves")).containsExactly("\ud83d\ude00|whole");
        assertThat(lake.text("SELECT stage, reason, raw FROM @rejected"))
                .containsExactly("merge|the value escapes one half of a surrogate pair, which no text can hold"
                        + "|{\"text\":\"\\ud83d\",\"other\":1}");
    }

    @Test
    void everyPartitionAndIncarnationIsMergedOnceWhateverItsLinksLookLike() {
        LakeFixture lake = new LakeFixture("tables = [{ topic = t }]");
        StagedChain first = lake.chain("t", 0)
                .record("a", "{\"n\":1}")
                .compressNextBy(Compression.ZSTD)
                .cut()
                .gap(3)
                .record("b", "{\"n\":2}")
                .gap(1)
                .cut()
                .gap(5)
                .cut();
        lake.chain("t", 1)
                .inSeveralMembers()
                .record("c", "{\"n\":3}")
                .record("d", "{\"n\":4}")
                .cut();
        new StagedChain(lake.prefix(), new ChainId("t", "younger", 0))
                .record("e", "{\"n\":5}")
                .cut();

        lake.merge();
        TableReport again = lake.merge().tables().get(0);
        first.record("f", "{\"n\":6}").cut();
        TableReport more = lake.merge().tables().get(0);

        assertThat(lake.text("SELECT n, _incarnation, _topic_partition, _offset FROM @t ORDER BY n"))
                .containsExactly(
                        "1|inc-t|0|0", "2|inc-t|0|4", "3|inc-t|1|0", "4|inc-t|1|1", "5|younger|0|0", "6|inc-t|0|11");
        assertThat(again.commits()).isZero();
        assertThat(more.merged().records()).isEqualTo(1);
        assertThat(more.watermark().at(first.id()).next()).isEqualTo(12);
        assertThat(more.watermark().at(first.id()).records()).isEqualTo(3);
    }

    @Test
    void aBacklogBeyondTheLimitsIsMergedInSeveralCommits() {
        LakeFixture lake = new LakeFixture("tables = [{ topic = t }]\nbatch.max-links = 2");
        StagedChain chain = lake.chain("t", 0);
        for (int link = 0; link < 5; link++) {
            chain.record(null, "{\"n\":" + link + "}").cut();
        }

        TableReport report = lake.merge().tables().get(0);

        assertThat(report.commits()).isEqualTo(3);
        assertThat(report.links()).isEqualTo(5);
        assertThat(lake.text("SELECT count(*), sum(n) FROM @t")).containsExactly("5|10");
    }

    @Test
    void linksWithoutRowsMoveTheWatermarkToo() {
        LakeFixture lake = new LakeFixture("tables = [{ topic = t }]");
        StagedChain chain = lake.chain("t", 0).record("k", null).gap(2).cut();
        chain.bytes(null, "no json".getBytes(StandardCharsets.UTF_8), 5, List.of())
                .cut();

        TableReport report = lake.merge().tables().get(0);

        assertThat(report.totals()).isEqualTo(new Counts(2, 0, 0, 1, 0, 1, 0));
        assertThat(report.watermark().at(chain.id()).next()).isEqualTo(4);
        assertThat(lake.merge().tables().get(0).commits()).isZero();
    }

    @Test
    void whatCannotBeDecodedIsRejectedWhole() {
        LakeFixture lake = new LakeFixture("tables = [{ topic = t }]");
        lake.chain("t", 0)
                .record("good", "{\"n\":1}")
                .bytes(
                        "key".getBytes(StandardCharsets.UTF_8),
                        new byte[] {(byte) 0xff, 0},
                        7,
                        List.of(
                                new StagedChain.Header("tributary-file", "f.csv".getBytes(StandardCharsets.UTF_8)),
                                new StagedChain.Header("tributary-ordinal", "17".getBytes(StandardCharsets.UTF_8))))
                .cut();

        lake.merge();

        assertThat(lake.text("SELECT n FROM @t")).containsExactly("1");
        assertThat(
                        lake.text(
                                "SELECT stage, topic, partition, offset, source, raw, raw_encoding, timestamp, key FROM @rejected"))
                .containsExactly("decode|t|0|1|f.csv#17|/wA=|base64|1970-01-01T00:00:00.007Z|key");
    }

    @Test
    void columnsAreAddedAndWhatDoesNotFitAnExistingOneIsRejected() {
        LakeFixture lake = new LakeFixture("tables = [{ topic = t }]");
        StagedChain chain =
                lake.chain("t", 0).record(null, "{\"n\":1,\"s\":\"x\"}").cut();
        lake.merge();
        chain.record(null, "{\"n\":2,\"new\":{\"Deep\":[1,2],\"more\":{\"z\":true}}}")
                .record(null, "{\"n\":\"three\",\"s\":\"bad\"}")
                .record(null, "{\"n\":3.5}")
                .record(null, "{\"n\":4.0,\"s\":12,\"new\":{\"deep\":[]}}")
                .cut();

        TableReport report = lake.merge().tables().get(0);

        assertThat(lake.text("SELECT n, s, to_json(new) FROM @t ORDER BY _offset"))
                .containsExactly("1|x|null", "2|null|{\"deep\":[1,2],\"more\":{\"z\":true}}", "4|12|{\"deep\":[]}");
        assertThat(lake.text("SELECT stage, offset, reason, raw FROM @rejected ORDER BY offset"))
                .containsExactly(
                        "merge|2|column 'n' is bigint, which cannot hold three unchanged|{\"n\":\"three\",\"s\":\"bad\"}",
                        "merge|3|column 'n' is bigint, which cannot hold 3.5 unchanged|{\"n\":3.5}");
        assertThat(report.totals()).isEqualTo(new Counts(5, 3, 0, 0, 0, 2, 0));
        assertThat(lake.columns("t"))
                .startsWith(
                        "n bigint", "s string", "new struct<deep:array<bigint>,more:struct<z:boolean>>", "_key string");
    }

    @Test
    void noDigitAndNoFieldIsLost() {
        LakeFixture lake = new LakeFixture("tables = [{ topic = t }]");
        lake.chain("t", 0)
                .record(
                        null,
                        "{\"A\":1,\"a\":2,\"big\":12345678901234567890,\"fine\":0.12345678901234567890,\"_key\":\"mine\"}")
                .record(null, "{\"A\":3,\"a\":4,\"big\":1,\"fine\":0.5,\"mixed\":[1,\"x\",{\"y\":1.10}]}")
                .record(null, "{\"twice\":1,\"twice\":2}")
                .record(null, "[1,2]")
                .record(null, "\"text\"")
                .cut();

        lake.merge();

        assertThat(lake.text("SELECT a, a_2, big, fine, _key_2, _key, to_json(mixed), value FROM @t ORDER BY _offset"))
                .containsExactly(
                        "2|1|12345678901234567890|0.12345678901234567890|mine|null|null|null",
                        "4|3|1|0.5|null|null|[\"1\",\"x\",\"{\\\"y\\\":1.10}\"]|null",
                        "null|null|null|null|null|null|null|[1,2]",
                        "null|null|null|null|null|null|null|text");
        assertThat(lake.text("SELECT offset, reason FROM @rejected"))
                .containsExactly("2|field 'twice' occurs twice in one object");
    }

    @Test
    void declaredTypesHold() {
        LakeFixture lake = new LakeFixture(
                "tables = [{ topic = t, columns { price = \"decimal(10,2)\", Day = date, at = timestamp, code = string, never = int } }]");
        lake.chain("t", 0)
                .record(null, "{\"code\":7,\"price\":12.5,\"Day\":\"2024-02-29\",\"at\":\"2024-02-29 10:00:00.5\"}")
                .record(null, "{\"code\":\"007\",\"price\":12.345}")
                .record(null, "{\"Day\":\"2023-02-29\"}")
                .record(null, "{\"at\":\"2024-02-29T10:00:00+02:00\",\"never\":5}")
                .cut();

        lake.merge();

        assertThat(lake.text("SELECT code, price, day, at, never FROM @t ORDER BY _offset"))
                .containsExactly(
                        "7|12.50|2024-02-29|2024-02-29T10:00:00.500Z|null", "null|null|null|2024-02-29T08:00:00Z|5");
        assertThat(lake.text("SELECT reason FROM @rejected ORDER BY offset"))
                .containsExactly(
                        "column 'price' is decimal(10,2), which cannot hold 12.345 unchanged",
                        "column 'day' is date, which cannot hold 2023-02-29 unchanged");
    }
}

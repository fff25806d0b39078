package io.tributary.producer.source.dataset;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.producer.source.RecordLimits;
import io.tributary.producer.source.SourceException;
import io.tributary.producer.source.SourceItem;
import io.tributary.producer.source.SourceState;
import io.tributary.producer.source.Yield;
import io.tributary.producer.source.dataset.csv.ColumnType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetSourceTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void rowsAreTypedByOnePassOverTheFile() throws Exception {
        Path file = write("f.csv", "id,code,price,ok,none\n1,007,1.5,true,\n2,42,2.25,false,\n");
        Drained drained = Drained.from(Datasets.of(file).source(), SourceState.beginning());
        assertThat(drained.values())
                .isEqualTo(List.of(
                        "{\"id\":1,\"code\":\"007\",\"price\":1.5,\"ok\":true,\"none\":null}",
                        "{\"id\":2,\"code\":\"42\",\"price\":2.25,\"ok\":false,\"none\":null}"));
        assertThat(drained.state.position().path("types").toString())
                .isEqualTo("{\"id\":\"bigint\",\"code\":\"text\",\"price\":\"double\",\"ok\":\"boolean\"}");
    }

    @Test
    void recordsSayWhereTheyComeFrom() throws Exception {
        Path file = write("f.csv", "a\nx\n\ny\n");
        Drained drained = Drained.from(Datasets.of(file).source(), SourceState.beginning());
        assertThat(drained.rows())
                .extracting(row -> Drained.header(row, "tributary-source") + " " + Drained.header(row, "tributary-file")
                        + " " + Drained.header(row, "tributary-ordinal"))
                .isEqualTo(List.of("test " + file + " 0", "test " + file + " 1"));
    }

    @Test
    void declaredTypesComeFirst() throws Exception {
        Path file = write("f.csv", "a,b\n1,1.50\n2,x\n");
        Drained drained = Drained.from(
                Datasets.of(file)
                        .types(Map.of("a", ColumnType.TEXT, "b", ColumnType.DOUBLE))
                        .source(),
                SourceState.beginning());
        assertThat(drained.values()).isEqualTo(List.of("{\"a\":\"1\",\"b\":1.50}"));
        assertThat(drained.reasons()).isEqualTo(List.of("column 'b' is double, and 'x' is not"));
    }

    @Test
    void appendedRowsArePublishedAloneAndKeepTheirTypes() throws Exception {
        Path file = write("f.csv", "a,b\n1,x\n");
        SourceState before = Drained.from(Datasets.of(file).source(), SourceState.beginning()).state;
        append(file, "2,y\nzwei,z\n");
        Drained drained = Drained.from(Datasets.of(file).source(), before);
        assertThat(drained.values()).isEqualTo(List.of("{\"a\":2,\"b\":\"y\"}"));
        assertThat(drained.reasons()).isEqualTo(List.of("column 'a' is bigint, and 'zwei' is not"));
        assertThat(drained.rejects().get(0).path("line").asInt()).isEqualTo(4);
        assertThat(Drained.header(drained.rows().get(0), "tributary-ordinal")).isEqualTo("1");
    }

    @Test
    void theSameFileAgainGivesNothing() throws Exception {
        Path file = write("f.csv", "a,b\n1,x\n2,y");
        SourceState before = Drained.from(Datasets.of(file).source(), SourceState.beginning()).state;
        Drained again = Drained.from(Datasets.of(file).source(), before);
        assertThat(again.items).isEmpty();
        assertThat(again.states).isEmpty();
    }

    @Test
    void resumingFromEachPositionGivesTheRest() throws Exception {
        StringBuilder rows = new StringBuilder("a,b\n");
        for (int row = 0; row < 50; row++) {
            rows.append(row).append(row % 7 == 0 ? ",\"x\ny\"\r\n" : row % 11 == 0 ? ",1,2\n" : ",x\n\n");
        }
        Path plain = write("f.csv", rows.toString());
        Path packed = folder.resolve("g.csv.gz");
        Files.write(packed, gzip(rows.toString()));
        for (Path file : List.of(plain, packed)) {
            Datasets dataset = Datasets.of(file).chunkRecords(3);
            Drained whole = Drained.from(dataset.source(), SourceState.beginning());
            SourceState state = SourceState.beginning();
            int done = 0;
            for (SourceState after : whole.states) {
                state = state.then(after);
                done += 3;
                Drained rest = Drained.from(dataset.source(), state);
                assertThat(rest.items)
                        .usingRecursiveComparison()
                        .isEqualTo(whole.items.subList(Math.min(done, whole.items.size()), whole.items.size()));
            }
        }
    }

    @Test
    void aFileThatShrankIsRefusedByName() throws Exception {
        Path file = write("f.csv", "a\n1\n2\n");
        SourceState before = Drained.from(Datasets.of(file).source(), SourceState.beginning()).state;
        Files.writeString(file, "a\n1\n");
        DatasetSource source = Datasets.of(file).source();
        assertThat(Drained.from(source, before).items).isEmpty();
        assertThat(source.leftOut())
                .isEqualTo(
                        List.of(file + ": it shrank from 6 to 4 bytes since it was published up to byte 6; restore it, "
                                + "or publish the new content under another source name (source.name)"));
    }

    @Test
    void aFileThatWasReplacedIsRefusedByName() throws Exception {
        Path file = write("f.csv", "a\n1\n2\n");
        SourceState before = Drained.from(Datasets.of(file).source(), SourceState.beginning()).state;
        Files.writeString(file, "a\n1\n3\n4\n");
        DatasetSource source = Datasets.of(file).source();
        assertThat(Drained.from(source, before).items).isEmpty();
        assertThat(source.leftOut())
                .isEqualTo(List.of(
                        file + ": it was replaced since it was published up to byte 6: its first 6 bytes differ; "
                                + "restore it, or publish the new content under another source name (source.name)"));
    }

    @Test
    void anEditBehindTheHeadIsNoticedByTheLastRecord() throws Exception {
        String head = "a\n" + "filler\n".repeat(20_000);
        Path file = write("f.csv", head + "last\n");
        SourceState before = Drained.from(Datasets.of(file).source(), SourceState.beginning()).state;
        Files.writeString(file, head + "LAST\nmore\n");
        DatasetSource source = Datasets.of(file).source();
        assertThat(Drained.from(source, before).items).isEmpty();
        assertThat(source.leftOut().get(0)).contains("the record before that byte differs");
    }

    @Test
    void aLastLineThatGoesOnAfterItWasPublishedIsRefused() throws Exception {
        Path file = write("f.csv", "a\n1\n2");
        SourceState before = Drained.from(Datasets.of(file).source(), SourceState.beginning()).state;
        append(file, "3\n");
        DatasetSource source = Datasets.of(file).source();
        assertThat(Drained.from(source, before).items).isEmpty();
        assertThat(source.leftOut().get(0)).contains("now the same line goes on");
    }

    @Test
    void aLastLineThatIsEndedLaterIsNotRefused() throws Exception {
        Path file = write("f.csv", "a\n1\n2");
        SourceState before = Drained.from(Datasets.of(file).source(), SourceState.beginning()).state;
        append(file, "\r\n3\n");
        assertThat(Drained.from(Datasets.of(file).source(), before).values()).isEqualTo(List.of("{\"a\":3}"));
    }

    @Test
    void byteOrderMarksAndTabsAndOtherCharsetsAreRead() throws Exception {
        Path marked = write("m.csv", "\ufeffa;b\r\n1;x\r\n");
        assertThat(Drained.from(Datasets.of(marked).delimiter(';').source(), SourceState.beginning())
                        .values())
                .isEqualTo(List.of("{\"a\":1,\"b\":\"x\"}"));
        Path tabs = write("t.tsv", "a\tb\n1\tx,y\n");
        assertThat(Drained.from(Datasets.of(tabs).source(), SourceState.beginning())
                        .values())
                .isEqualTo(List.of("{\"a\":1,\"b\":\"x,y\"}"));
        Path latin = folder.resolve("l.csv");
        Files.write(latin, "caf\u00e9\n\u00fc\n".getBytes(ISO_8859_1));
        assertThat(Drained.from(Datasets.of(latin).charset(ISO_8859_1).source(), SourceState.beginning())
                        .values())
                .isEqualTo(List.of("{\"caf\u00e9\":\"\u00fc\"}"));
    }

    @Test
    void filesWithoutHeaderTakeTheirColumnsFromTheConfiguration() throws Exception {
        Path file = write("f.csv", "1,x\n2,y\n");
        assertThat(Drained.from(Datasets.of(file).columns("n", "t").source(), SourceState.beginning())
                        .values())
                .isEqualTo(List.of("{\"n\":1,\"t\":\"x\"}", "{\"n\":2,\"t\":\"y\"}"));
    }

    @Test
    void linesOfJsonStayAsTheyAre() throws Exception {
        Path file = write("f.ndjson", "{\"b\": 1.50, \"a\":\"x\"}\r\n\n[]\n{\"a\":2}");
        Drained drained = Drained.from(Datasets.of(file).key("a").source(), SourceState.beginning());
        assertThat(drained.values()).isEqualTo(List.of("{\"b\": 1.50, \"a\":\"x\"}", "{\"a\":2}"));
        assertThat(drained.rows())
                .extracting(SourceItem.Row::key)
                .containsExactly("x".getBytes(UTF_8), "2".getBytes(UTF_8));
        assertThat(drained.reasons()).isEqualTo(List.of("the line is JSON, but no object"));
    }

    @Test
    void aRejectHoldsTheWholeRowInPartsThatFit() throws Exception {
        String row = "x".repeat(5000) + "\"\u20ac";
        Path file = write("f.csv", "a\n" + row + "\nshort\n");
        for (Datasets dataset : List.of(
                Datasets.of(file).maxRecordBytes(1024), Datasets.of(file).maxRecordBytes(1 << 20))) {
            Drained drained = Drained.from(
                    dataset.source(), SourceState.beginning(), new RecordLimits("t", 1000, 1500), (d, y) -> false);
            assertThat(drained.values()).isEqualTo(List.of("{\"a\":\"short\"}"));
            ByteArrayOutputStream raw = new ByteArrayOutputStream();
            for (int part = 0; part < drained.rejects().size(); part++) {
                assertThat(drained.rejects().get(part).path("part").asInt()).isEqualTo(part + 1);
                assertThat(drained.rejects().get(part).path("parts").asInt())
                        .isEqualTo(drained.rejects().size());
                raw.writeBytes(raw(drained.rejects().get(part)));
            }
            assertThat(raw.toString(UTF_8)).isEqualTo(row);
            assertThat(drained.rejects()).hasSizeGreaterThan(3);
        }
    }

    @Test
    void aRowBeyondTheLimitSaysTheLimit() throws Exception {
        Path csv = write("f.csv", "a\n" + "x".repeat(3000) + "\n1\n");
        Path lines = write("f.ndjson", "{\"a\":\"" + "x".repeat(3000) + "\"}\n{\"a\":1}\n");

        for (Path file : List.of(csv, lines)) {
            Drained drained =
                    Drained.from(Datasets.of(file).maxRecordBytes(1024).source(), SourceState.beginning());
            assertThat(drained.rows()).hasSize(1);
            assertThat(drained.reasons())
                    .isEqualTo(List.of(
                            file == csv
                                    ? "the row takes 3000 bytes, more than 1024 (source.max-record-bytes)"
                                    : "the line takes 3008 bytes, more than 1024 (source.max-record-bytes)"));
        }
    }

    @Test
    void aLoneQuoteInALargeFileTakesOneRowOnly() throws Exception {
        StringBuilder rows = new StringBuilder("a,b\n1,\"lone\n");
        for (int row = 0; row < 20_000; row++) {
            rows.append(row).append(",some text\n");
        }
        Path file = write("f.csv", rows.toString());
        Drained drained = Drained.from(Datasets.of(file).maxRecordBytes(2048).source(), SourceState.beginning());
        assertThat(drained.rows()).hasSize(20_000);
        assertThat(drained.reasons()).isEqualTo(List.of("a quote opens a field and nothing closes it"));
        assertThat(drained.rejects().get(0).path("raw").asText()).isEqualTo("1,\"lone");
    }

    @Test
    void oneBadFileDoesNotStopTheOthers() throws Exception {
        Path good = write("good.csv", "a\n1\n");
        Path bad = write("bad.csv", "a,a\n1,2\n");
        DatasetSource source = Datasets.of(good, bad).source();
        source.check();
        assertThat(Drained.from(source, SourceState.beginning()).values()).isEqualTo(List.of("{\"a\":1}"));
        assertThat(source.leftOut()).hasSize(1);
        assertThat(source.leftOut().get(0)).startsWith(bad + ": the header names columns twice: ");
    }

    @Test
    void whatCannotBeIsSaidAtOnce() throws Exception {
        Path empty = write("empty.csv", "");
        Path missing = folder.resolve("missing.csv");
        Path nothing = Files.createDirectory(folder.resolve("nothing"));
        Path header = write("h.csv", "a,b\n");
        assertThatThrownBy(() -> Datasets.of(empty).source().check())
                .isInstanceOf(SourceException.class)
                .hasMessage(empty + ": the file is empty");
        assertThatThrownBy(() -> Datasets.of(missing).source().check())
                .hasMessage(missing + ": no such file or directory");
        assertThatThrownBy(() -> Datasets.of(nothing).source().check())
                .hasMessage(
                        nothing + ": no data here; looked for *.csv, *.tsv, *.ndjson, *.jsonl, *.json, or one of these "
                                + "with .gz");
        assertThatThrownBy(() -> Datasets.of(header).key("c").source().check())
                .hasMessage(header + ": it has no column 'c' for the key; its columns are 'a', 'b'");
        assertThatThrownBy(() -> Datasets.of(header)
                        .types(Map.of("price", ColumnType.DOUBLE))
                        .source()
                        .check())
                .hasMessage("source.csv.types names 'price', a column that no file has");
        Datasets.of(header).source().check();
        assertThat(Drained.from(Datasets.of(header).source(), SourceState.beginning()).items)
                .isEmpty();
    }

    @Test
    void aFileThatBreaksOffIsPublishedUpToThereAndNamed() throws Exception {
        StringBuilder rows = new StringBuilder("a\n");
        Random random = new Random(1);
        for (int row = 0; row < 50_000; row++) {
            rows.append(random.nextLong()).append('\n');
        }
        byte[] whole = gzip(rows.toString());
        Path broken = folder.resolve("broken.csv.gz");
        Files.write(broken, Arrays.copyOf(whole, whole.length / 2));
        Path good = write("good.csv", "a\n1\n");
        DatasetSource source = Datasets.of(broken, good).source();
        Drained drained = Drained.from(source, SourceState.beginning());
        assertThat(drained.values()).hasSizeGreaterThan(1000).contains("{\"a\":1}");
        assertThat(source.leftOut()).hasSize(1);
        assertThat(source.leftOut().get(0))
                .startsWith(broken + ": reading failed behind byte ")
                .endsWith("Unexpected end of ZLIB input stream");
        Files.write(broken, whole);
        Drained rest = Drained.from(source, drained.state);
        assertThat(rest.values()).hasSize(50_001 - drained.values().size());
        assertThat(source.leftOut()).isEmpty();
    }

    @Test
    void followingYieldsCompleteLinesAndNewFiles() throws Exception {
        Path file = write("f.csv", "a\n1\n2");
        DatasetSource source = Datasets.of(folder).follow().source();
        Drained first = Drained.from(
                source, SourceState.beginning(), Drained.LIMITS, (drained, yielded) -> yielded instanceof Yield.Idle);
        assertThat(first.values()).isEqualTo(List.of("{\"a\":1}"));
        append(file, "2\n3");
        assertThat(nextValues(source)).isEqualTo("{\"a\":22}");
        write("g.csv", "a\n4\n");
        assertThat(nextValues(source)).isEqualTo("{\"a\":4}");
        append(file, "\n");
        assertThat(nextValues(source)).isEqualTo("{\"a\":3}");
    }

    private static String nextValues(DatasetSource source) throws SourceException {
        while (true) {
            if (source.next() instanceof Yield.Chunk chunk) {
                Drained drained = new Drained();
                drained.items.addAll(chunk.items());
                return String.join("", drained.values());
            }
        }
    }

    private static byte[] raw(JsonNode reject) {
        String raw = reject.path("raw").asText();
        return reject.path("rawEncoding").asText().equals("base64")
                ? Base64.getDecoder().decode(raw)
                : raw.getBytes(UTF_8);
    }

    private Path write(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }

    private static void append(Path file, String more) throws IOException {
        Files.writeString(file, more, StandardOpenOption.APPEND);
    }

    private static byte[] gzip(String content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content.getBytes(UTF_8));
        }
        return bytes.toByteArray();
    }
}

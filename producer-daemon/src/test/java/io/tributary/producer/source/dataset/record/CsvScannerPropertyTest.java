package io.tributary.producer.source.dataset.record;

import static org.assertj.core.api.Assertions.assertThat;

import com.opencsv.CSVParser;
import com.opencsv.CSVParserBuilder;
import com.opencsv.CSVReader;
import com.opencsv.CSVReaderBuilder;
import com.opencsv.ICSVParser;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class CsvScannerPropertyTest {
    private static final int LARGE = 1 << 20;

    @Property(tries = 2000)
    void recordsAreThoseThatOpenCsvReadsFromTheWholeFile(@ForAll("goodFiles") List<List<String>> rows)
            throws Exception {
        String file = write(rows, "\n");
        List<String> ours = new ArrayList<>();
        for (ReadRecord found : records(file, LARGE, 1)) {
            assertThat(found.verdict()).isEqualTo(Verdict.GOOD);
            ours.add(String.join("|", parser().parseLine(found.content())));
        }
        List<String> theirs = new ArrayList<>();
        try (CSVReader reader = new CSVReaderBuilder(new StringReader(file))
                .withCSVParser(parser())
                .build()) {
            for (String[] row = reader.readNext(); row != null; row = reader.readNext()) {
                theirs.add(String.join("|", row));
            }
        }
        assertThat(ours).isEqualTo(theirs);
    }

    @Property(tries = 2000)
    void piecesDoNotMatter(@ForAll("soup") String bytes, @ForAll long oneSeed, @ForAll long otherSeed) {
        assertThat(records(bytes, LARGE, oneSeed)).isEqualTo(records(bytes, LARGE, otherSeed));
    }

    @Property(tries = 2000)
    void recordsTileTheFile(@ForAll("soup") String bytes, @ForAll long seed) {
        long end = 0;
        for (ReadRecord found : records(bytes, LARGE, seed)) {
            assertThat(found.offset()).isEqualTo(end);
            end = found.end();
        }
        assertThat(end).isEqualTo(bytes.length());
    }

    @Property(tries = 1000)
    void readingGoesOnFromAnyRecordAsIfItHadNeverStopped(@ForAll("soup") String bytes, @ForAll long seed) {
        List<ReadRecord> whole = records(bytes, LARGE, seed);
        for (int at = 0; at < whole.size(); at++) {
            ReadRecord from = whole.get(at);
            assertThat(ReadRecord.all(
                            latin(bytes), CsvScannerPropertyTest::scanner, from.offset(), from.line(), LARGE, seed + 1))
                    .isEqualTo(whole.subList(at, whole.size()));
        }
    }

    @Property(tries = 2000)
    void recordsThatAreTooLongLeaveTheOthersAsTheyAre(@ForAll("soup") String bytes, @ForAll long seed) {
        int most = 9;
        List<ReadRecord> expected = records(bytes, LARGE, seed).stream()
                .map(found -> found.end() - found.offset() <= most
                        ? found
                        : new ReadRecord(
                                "",
                                found.offset(),
                                found.end(),
                                found.line(),
                                found.verdict(),
                                false,
                                found.terminated()))
                .toList();
        assertThat(records(bytes, most, seed)).isEqualTo(expected);
    }

    @Property(tries = 1000)
    void linesAreCounted(@ForAll("soup") String bytes, @ForAll long seed) {
        for (ReadRecord found : records(bytes, LARGE, seed)) {
            String before = bytes.substring(0, (int) found.offset());
            boolean insideLineEnd = before.endsWith("\r") && bytes.startsWith("\n", (int) found.offset());
            assertThat(insideLineEnd).isFalse();
            assertThat(found.line())
                    .isEqualTo(1
                            + before.replace("\r\n", "\n")
                                    .replace('\r', '\n')
                                    .chars()
                                    .filter(c -> c == '\n')
                                    .count());
        }
    }

    @Property(tries = 1000)
    void anUnclosedQuoteTakesOneLineOnly(
            @ForAll("goodFiles") List<List<String>> before, @ForAll("plainFiles") List<List<String>> after) {
        String good = write(before, "\n");
        String file = good + "x,\"unclosed\n" + write(after, "\n");
        List<ReadRecord> found = records(file, LARGE, 1);
        int bad = records(good, LARGE, 1).size();
        assertThat(found.get(bad).verdict()).isEqualTo(Verdict.UNCLOSED_QUOTE);
        assertThat(found.get(bad).content()).isEqualTo("x,\"unclosed");
        assertThat(found).hasSize(bad + 1 + after.size());
    }

    @Provide
    Arbitrary<List<List<String>>> goodFiles() {
        Arbitrary<String> field = Arbitraries.strings().withChars("ab,\"\n ;\\").ofMaxLength(6);
        return field.list().ofMinSize(1).ofMaxSize(4).list().ofMinSize(1).ofMaxSize(6);
    }

    @Provide
    Arbitrary<List<List<String>>> plainFiles() {
        Arbitrary<String> field =
                Arbitraries.strings().withChars("ab ;\\").ofMinLength(1).ofMaxLength(6);
        return field.list().ofMinSize(1).ofMaxSize(4).list().ofMaxSize(6);
    }

    @Provide
    Arbitrary<String> soup() {
        return Arbitraries.strings().withChars("a,\"\n\r\0\u00e9").ofMaxLength(40);
    }

    private static List<ReadRecord> records(String bytes, int most, long seed) {
        return ReadRecord.all(latin(bytes), CsvScannerPropertyTest::scanner, 0, 1, most, seed);
    }

    private static RecordScanner scanner() {
        return new CsvScanner(',', '"');
    }

    private static byte[] latin(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static CSVParser parser() {
        return new CSVParserBuilder()
                .withEscapeChar(ICSVParser.NULL_CHARACTER)
                .withIgnoreLeadingWhiteSpace(false)
                .build();
    }

    private static String write(List<List<String>> rows, String lineEnd) {
        StringBuilder file = new StringBuilder();
        for (List<String> row : rows) {
            List<String> fields =
                    row.stream().map(CsvScannerPropertyTest::field).toList();
            String line = String.join(",", fields);
            file.append(line.isEmpty() ? "\"\"" : line).append(lineEnd);
        }
        return file.toString();
    }

    private static String field(String text) {
        boolean quoted = text.chars().anyMatch(c -> ",\"\r\n".indexOf(c) >= 0);
        return quoted ? '"' + text.replace("\"", "\"\"") + '"' : text;
    }
}

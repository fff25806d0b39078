package io.tributary.producer.source.dataset.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class LineScannerPropertyTest {
    @Property(tries = 1000)
    void recordsAreLines(@ForAll("soup") String bytes, @ForAll long seed) {
        List<String> expected = new ArrayList<>(List.of(bytes.split("\n", -1)));
        String rest = expected.remove(expected.size() - 1);
        expected.replaceAll(line -> line.endsWith("\r") ? line.substring(0, line.length() - 1) : line);
        if (!rest.isEmpty()) {
            expected.add(rest);
        }
        assertThat(read(bytes, 1 << 20, seed)).extracting(ReadRecord::content).isEqualTo(expected);
    }

    @Property(tries = 1000)
    void linesThatAreTooLongLeaveTheOthersAsTheyAre(@ForAll("soup") String bytes, @ForAll long seed) {
        int most = 6;
        assertThat(read(bytes, most, seed))
                .extracting(ReadRecord::offset)
                .isEqualTo(read(bytes, 1 << 20, seed).stream()
                        .map(ReadRecord::offset)
                        .toList());
        assertThat(read(bytes, most, seed)).allMatch(found -> found.held() == (found.end() - found.offset() <= most));
    }

    @Provide
    Arbitrary<String> soup() {
        return Arbitraries.strings().withChars("{a}\n\r\"").ofMaxLength(40);
    }

    private static List<ReadRecord> read(String bytes, int most, long seed) {
        return ReadRecord.all(bytes.getBytes(StandardCharsets.ISO_8859_1), LineScanner::new, 0, 1, most, seed);
    }
}

package io.tributary.producer.source.dataset.csv;

import io.tributary.producer.source.dataset.record.CsvScanner;
import io.tributary.producer.source.dataset.record.RecordReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the rows of bytes, for tests: fields, or the reason of a refusal as the only field. */
final class Rows {
    private Rows() {}

    static List<List<@Nullable String>> read(byte[] bytes, Charset charset) {
        CsvDialect dialect = new CsvDialect(',', '"', charset);
        CsvRow row = new CsvRow(dialect);
        CsvRow.Fields fields = new CsvRow.Fields();
        List<List<@Nullable String>> rows = new ArrayList<>();
        try (RecordReader reader = new RecordReader(
                from -> new ByteArrayInputStream(bytes, (int) from, bytes.length - (int) from),
                new CsvScanner(',', '"'),
                0,
                1,
                1 << 20)) {
            while (reader.next(true)) {
                if (reader.blank()) {
                    continue;
                }
                Optional<String> problem = row.read(reader, fields);
                List<@Nullable String> values = new ArrayList<>();
                problem.ifPresent(values::add);
                for (int at = 0; problem.isEmpty() && at < fields.count(); at++) {
                    values.add(fields.get(at));
                }
                rows.add(values);
            }
        } catch (IOException cannotHappenInMemory) {
            throw new UncheckedIOException(cannotHappenInMemory);
        }
        return rows;
    }
}

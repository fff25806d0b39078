package io.tributary.producer.source.dataset;

import io.tributary.producer.source.dataset.csv.CsvDialect;
import io.tributary.producer.source.dataset.csv.CsvRow;
import io.tributary.producer.source.dataset.csv.RowJson;
import io.tributary.producer.source.dataset.record.RecordReader;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Rows of CSV as JSON objects. */
final class CsvFormat implements RowFormat {
    private final CsvRow row;
    private final CsvRow.Fields fields = new CsvRow.Fields();
    private final RowJson json;

    CsvFormat(CsvDialect dialect, RowJson json) {
        this.row = new CsvRow(dialect);
        this.json = json;
    }

    @Override
    public Optional<String> read(RecordReader record) {
        Optional<String> problem = row.read(record, fields);
        return problem.isPresent() ? problem : json.problem(fields);
    }

    @Override
    public byte[] value() {
        return json.value(fields);
    }

    @Override
    public byte @Nullable [] key() {
        return json.key(fields);
    }
}

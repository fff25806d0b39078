package io.tributary.producer.source.dataset;

import io.tributary.producer.source.dataset.ndjson.JsonLine;
import io.tributary.producer.source.dataset.record.RecordReader;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Lines of JSON as they stand. */
final class NdjsonFormat implements RowFormat {
    private final JsonLine line;
    private byte[] value = new byte[0];

    NdjsonFormat(List<String> keyColumns) {
        this.line = new JsonLine(keyColumns);
    }

    @Override
    public Optional<String> read(RecordReader record) {
        Optional<String> unreadable = JsonLine.unreadable(record);
        if (unreadable.isPresent()) {
            return unreadable;
        }
        if (record.form().nul()) {
            return Optional.of("the line holds a NUL character");
        }
        value = JsonLine.value(record);
        return JsonLine.problem(value);
    }

    @Override
    public byte[] value() {
        return value;
    }

    @Override
    public byte @Nullable [] key() {
        return line.key(value);
    }
}

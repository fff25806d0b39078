package io.tributary.producer.sink;

import io.tributary.producer.source.SourceItem;
import java.nio.charset.StandardCharsets;
import java.util.List;

class InMemorySinkTest extends RecordSinkContract {
    private final InMemorySink sink = new InMemorySink(step -> {});

    @Override
    RecordSink sink() {
        return sink;
    }

    @Override
    List<String> committedRows() {
        return sink.committed().stream()
                .filter(SourceItem.Row.class::isInstance)
                .map(item -> new String(((SourceItem.Row) item).value(), StandardCharsets.UTF_8))
                .toList();
    }

    @Override
    List<String> committedRejects() {
        return sink.committed().stream()
                .filter(SourceItem.Reject.class::isInstance)
                .map(item -> new String(((SourceItem.Reject) item).value(), StandardCharsets.UTF_8))
                .toList();
    }
}

package io.tributary.producer.source.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tributary.producer.source.RecordHeader;
import io.tributary.producer.source.RecordLimits;
import io.tributary.producer.source.SourceException;
import io.tributary.producer.source.SourceItem;
import io.tributary.producer.source.SourceState;
import io.tributary.producer.source.Yield;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;

/** Everything that a source yields, read to its end or until a test has enough. */
final class Drained {
    static final RecordLimits LIMITS = new RecordLimits("topic", 1_048_588, 1_048_588);
    private static final ObjectMapper MAPPER = new ObjectMapper();

    final List<SourceItem> items = new ArrayList<>();
    final List<SourceState> states = new ArrayList<>();
    SourceState state = SourceState.beginning();

    static Drained from(DatasetSource source, SourceState state) throws SourceException {
        return from(source, state, LIMITS, (drained, yielded) -> false);
    }

    static Drained from(
            DatasetSource source, SourceState state, RecordLimits limits, BiPredicate<Drained, Yield> enough)
            throws SourceException {
        Drained drained = new Drained();
        drained.state = state;
        source.resume(state, limits);
        while (true) {
            Yield yielded = source.next();
            if (yielded instanceof Yield.Chunk chunk) {
                drained.items.addAll(chunk.items());
                chunk.after().ifPresent(after -> {
                    drained.states.add(after);
                    drained.state = drained.state.then(after);
                });
            }
            if (yielded instanceof Yield.End || enough.test(drained, yielded)) {
                return drained;
            }
        }
    }

    /** The values of the rows. */
    List<String> values() {
        return rows().stream()
                .map(row -> new String(row.value(), StandardCharsets.UTF_8))
                .toList();
    }

    List<SourceItem.Row> rows() {
        return items.stream()
                .filter(SourceItem.Row.class::isInstance)
                .map(SourceItem.Row.class::cast)
                .toList();
    }

    List<JsonNode> rejects() {
        return items.stream()
                .filter(SourceItem.Reject.class::isInstance)
                .map(item -> json(((SourceItem.Reject) item).value()))
                .toList();
    }

    List<String> reasons() {
        return rejects().stream().map(reject -> reject.path("reason").asText()).toList();
    }

    static String header(SourceItem.Row row, String name) {
        return row.headers().stream()
                .filter(header -> header.name().equals(name))
                .map(RecordHeader::value)
                .map(value -> new String(value, StandardCharsets.UTF_8))
                .findFirst()
                .orElse("");
    }

    private static JsonNode json(byte[] value) {
        try {
            return MAPPER.readTree(value);
        } catch (IOException malformed) {
            throw new UncheckedIOException(malformed);
        }
    }
}

package io.tributary.producer.source.mastodon;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.producer.source.RecordLimits;
import io.tributary.producer.source.SourceException;
import io.tributary.producer.source.SourceItem;
import io.tributary.producer.source.SourceState;
import io.tributary.producer.source.Yield;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a sink would hold: items and state, committed together or not at all; and the table that upserts of the items would
 * make. Versions of each uri are told apart, so that a double shows.
 */
final class Committed {
    private final List<SourceItem> items = new ArrayList<>();
    private final Map<String, JsonNode> rows = new LinkedHashMap<>();
    private final Set<String> deleted = new HashSet<>();
    private final Map<String, Integer> versions = new HashMap<>();
    private SourceState state = SourceState.beginning();
    private int rejects;
    private int counted;

    void resume(MastodonSource source) throws SourceException {
        source.resume(state, new RecordLimits("statuses", 1 << 20, 1 << 20));
    }

    void commit(Yield.Chunk chunk) {
        chunk.items().forEach(this::apply);
        state = state.then(chunk.after().orElseThrow());
    }

    /** Keeps only how many there were, and the state. */
    void count(Yield.Chunk chunk) {
        counted += chunk.items().size();
        state = state.then(chunk.after().orElseThrow());
    }

    int counted() {
        return counted;
    }

    private void apply(SourceItem item) {
        items.add(item);
        if (!(item instanceof SourceItem.Row row) || row.key() == null) {
            rejects++;
            return;
        }
        String uri = new String(row.key(), StandardCharsets.UTF_8);
        byte[] value = row.value();
        if (value == null) {
            rows.remove(uri);
            deleted.add(uri);
            versions.merge(uri + " deleted", 1, Integer::sum);
            return;
        }
        try {
            JsonNode json = StatusReader.MAPPER.readTree(value);
            if (deleted.contains(uri)) {
                throw new AssertionError("published after its deletion: " + json);
            }
            versions.merge(uri + json.path("edited_at") + json.path("content"), 1, Integer::sum);
            rows.put(uri, json);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    Map<String, JsonNode> rows() {
        return rows;
    }

    /** Versions that were published more than once. */
    List<String> doubles() {
        return versions.entrySet().stream()
                .filter(entry -> entry.getValue() > 1)
                .map(Map.Entry::getKey)
                .toList();
    }

    SourceState state() {
        return state;
    }

    int items() {
        return items.size();
    }

    int rejects() {
        return rejects;
    }
}

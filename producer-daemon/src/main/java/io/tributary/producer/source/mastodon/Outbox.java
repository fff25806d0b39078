package io.tributary.producer.source.mastodon;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.tributary.producer.source.RecordHeader;
import io.tributary.producer.source.RecordLimits;
import io.tributary.producer.source.RejectedRow;
import io.tributary.producer.source.SourceItem;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Collects the records that observations make, until they are handed on. Confined to one thread. */
final class Outbox {
    private static final String DELETE = "delete";

    private final String source;
    private final MastodonMetrics metrics;
    private List<SourceItem> items = new ArrayList<>();
    private RecordLimits limits = new RecordLimits("", 0, 0);
    private long bytes;

    Outbox(String source, MastodonMetrics metrics) {
        this.source = source;
        this.metrics = metrics;
    }

    /** Begins anew, with nothing collected. */
    void begin(RecordLimits newLimits) {
        limits = newLimits;
        take();
    }

    boolean isEmpty() {
        return items.isEmpty();
    }

    int size() {
        return items.size();
    }

    long bytes() {
        return bytes;
    }

    /** What was collected; nothing is left. */
    List<SourceItem> take() {
        List<SourceItem> taken = items;
        items = new ArrayList<>();
        bytes = 0;
        return taken;
    }

    /** A post or an edit. Returns false if it is too large, and was refused instead. */
    boolean status(Reading.Status status, String instance, Instant observedAt, String event) {
        byte[] key = utf8(status.uri());
        List<RecordHeader> headers = headers(instance, event, status.id(), observedAt);
        byte[] value;
        try {
            value = StatusReader.MAPPER.writeValueAsBytes(StatusRecord.of(status, instance, observedAt, event));
        } catch (JsonProcessingException cannotBeText) {
            refuse(
                    instance,
                    "cannot be written as UTF-8: " + cannotBeText.getOriginalMessage(),
                    status.value().toString());
            return false;
        }
        int size = RecordLimits.size(key, value, headers);
        if (size > limits.maxRow()) {
            refuse(
                    instance,
                    "the record has " + size + " bytes, and topic " + limits.topic() + " takes " + limits.maxRow(),
                    status.value().toString());
            return false;
        }
        add(new SourceItem.Row(key, value, headers), key.length + value.length);
        metrics.published(event);
        return true;
    }

    /** A tombstone: whatever stands under the uri is to go. */
    void tombstone(String uri, String instance, String id, Instant observedAt) {
        byte[] key = utf8(uri);
        add(new SourceItem.Row(key, null, headers(instance, DELETE, id, observedAt)), key.length);
        metrics.published(DELETE);
    }

    /** Something that is no status of a known shape. */
    void refuse(String instance, String reason, String raw) {
        byte[] all = utf8(raw);
        RejectedRow rejected = new RejectedRow(instance, 1, 0, all.length, reason);
        int perPart = rejected.rawPerPart(limits.maxReject());
        int parts = Math.max(1, (all.length + perPart - 1) / perPart);
        for (int part = 0; part < parts; part++) {
            byte[] piece = Arrays.copyOfRange(all, part * perPart, Math.min(all.length, (part + 1) * perPart));
            byte[] value = rejected.encode(piece, part + 1, parts, limits.maxReject());
            add(new SourceItem.Reject(value, part + 1 == parts), value.length);
        }
        metrics.refused();
    }

    private void add(SourceItem item, int size) {
        items.add(item);
        bytes += size;
    }

    private List<RecordHeader> headers(String instance, String event, String id, Instant observedAt) {
        return List.of(
                new RecordHeader("tributary-source", utf8(source)),
                new RecordHeader("tributary-instance", utf8(instance)),
                new RecordHeader("tributary-event", utf8(event)),
                new RecordHeader("tributary-id", utf8(id)),
                new RecordHeader("tributary-observed-at", utf8(observedAt.toString())));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

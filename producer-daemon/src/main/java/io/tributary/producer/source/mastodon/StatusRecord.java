package io.tributary.producer.source.mastodon;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Makes the record of a status: what the instance sent, and beside it the plain text, where and when it was seen, and what
 * it quotes. A field of the instance's own that has one of these names becomes {@code instance_...}. Of an embedded
 * status only what names it is left: a copy of another's words could not be deleted with them. Pure.
 */
final class StatusRecord {
    private static final List<String> OURS =
            List.of("text", "instance", "observed_at", "event", "quote_state", "quoted_id", "quoted_uri");
    private static final List<String> NAMES = List.of("id", "uri", "url", "created_at", "visibility");
    private static final List<String> EMBEDDING = List.of("quote", "quoted_status", "reblog", "pleroma", "akkoma");

    private StatusRecord() {}

    /** The record's value. The status's own tree is not changed. */
    static ObjectNode of(Reading.Status status, String instance, Instant observedAt, String event) {
        ObjectNode record = status.value().deepCopy();
        for (String name : OURS) {
            JsonNode theirs = record.remove(name);
            if (theirs != null) {
                record.set("instance_" + name, theirs);
            }
        }
        quote(record);
        for (String field : EMBEDDING) {
            strip(record, field);
        }
        record.put("text", StatusText.of(status.value().path("content").asText("")));
        record.put("instance", instance);
        record.put("observed_at", observedAt.toString());
        record.put("event", event);
        return record;
    }

    /** The four shapes: state with status, state with id, a status itself, or in Pleroma's corner. */
    private static void quote(ObjectNode record) {
        JsonNode quote = record.path("quote");
        if (!quote.isObject()) {
            quote = record.path("pleroma").path("quote");
        }
        JsonNode quoted = quote.path("quoted_status").isObject() ? quote.path("quoted_status") : quote;
        text(quote.path("state")).ifPresent(state -> record.put("quote_state", state));
        text(quoted.path("uri"))
                .or(() -> text(record.path("pleroma").path("quote_url")))
                .or(() -> text(record.path("quote_url")))
                .ifPresent(uri -> record.put("quoted_uri", uri));
        Optional<String> id = quote.path("quoted_status").isObject()
                ? text(quoted.path("id"))
                : text(quote.path("quoted_status_id")).or(() -> text(quoted.path("id")));
        id.or(() -> text(record.path("pleroma").path("quote_id")))
                .or(() -> text(record.path("quote_id")))
                .ifPresent(known -> record.put("quoted_id", known));
    }

    private static void strip(ObjectNode parent, String field) {
        if (!(parent.get(field) instanceof ObjectNode child)) {
            return;
        }
        boolean isStatus = child.has("content") && child.has("account");
        if (isStatus) {
            child.retain(NAMES);
        } else {
            for (String inner : EMBEDDING) {
                strip(child, inner);
            }
        }
    }

    private static Optional<String> text(JsonNode node) {
        return Optional.of(StatusReader.scalar(node)).filter(value -> !value.isEmpty());
    }
}

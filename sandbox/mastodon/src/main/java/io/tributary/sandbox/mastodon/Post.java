package io.tributary.sandbox.mastodon;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A status as it stands. Immutable; the JSON is never changed.
 *
 * @param uri  what stays
 * @param id   what the instance calls it
 * @param json as it is served
 */
public record Post(String uri, String id, ObjectNode json) {
    boolean hasTag(String tag) {
        for (com.fasterxml.jackson.databind.JsonNode one : json.path("tags")) {
            if (one.path("name").asText().equalsIgnoreCase(tag)) {
                return true;
            }
        }
        return false;
    }
}

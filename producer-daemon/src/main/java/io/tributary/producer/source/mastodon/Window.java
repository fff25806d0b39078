package io.tributary.producer.source.mastodon;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the source remembers of what it has seen: of each status how it stands, in which version, and what instances call
 * it. Kept as a log of changes, cut into segments of bounded size, each of which is a record of its own in the
 * checkpoint; a commit writes only the segments that changed. When there are more segments than the bound, the oldest is
 * forgotten, with all that did not change since. Confined to one thread.
 */
final class Window {
    /** How a status stands. */
    enum State {
        PUBLISHED("p"),
        DELETED("d"),
        /** Its author does not want it to be published. */
        WITHHELD("w"),
        /** Refused, because its shape is unknown. */
        REFUSED("r");

        private final String code;

        State(String code) {
            this.code = code;
        }

        static State of(String code) {
            for (State state : values()) {
                if (state.code.equals(code)) {
                    return state;
                }
            }
            throw new IllegalArgumentException("a window has the unknown state '" + code + "'");
        }
    }

    /**
     * What is known of a status.
     *
     * @param key     its uri; where only its deletion is known, its alias
     * @param state   how it stands
     * @param edited  its version; empty before the first edit
     * @param digest  of its words
     * @param aliases what instances call it: instance, blank, id
     */
    record Entry(String key, State state, Optional<Instant> edited, String digest, List<String> aliases) {}

    private static final String PREFIX = "seen-";
    private static final int SEGMENT_ENTRIES = 250;
    private static final int SEGMENT_CHARS = 64 * 1024;
    private static final int MOST_ALIASES = 8;

    private final int segments;
    private final Map<String, Placed> entries = new HashMap<>();
    private final Map<String, String> keyOfAlias = new HashMap<>();
    private final Deque<Segment> log = new ArrayDeque<>();
    private final Map<Long, Segment> changed = new LinkedHashMap<>();

    private record Placed(Entry entry, long segment) {}

    private static final class Segment {
        final long number;
        final Map<String, Entry> entries = new LinkedHashMap<>();
        int chars;

        Segment(long number) {
            this.number = number;
        }
    }

    /**
     * An empty window.
     *
     * @param entries the most that it remembers, roughly; not less than two segments
     */
    Window(int entries) {
        this.segments = Math.max(2, (entries + SEGMENT_ENTRIES - 1) / SEGMENT_ENTRIES);
        log.add(new Segment(0));
    }

    Optional<Entry> byKey(String key) {
        return Optional.ofNullable(entries.get(key)).map(Placed::entry);
    }

    Optional<Entry> byAlias(String instance, String id) {
        return Optional.ofNullable(keyOfAlias.get(alias(instance, id))).flatMap(this::byKey);
    }

    static String alias(String instance, String id) {
        return instance + " " + id;
    }

    int size() {
        return entries.size();
    }

    /** What an instance calls all that is published: of each its latest name, the last to change first. */
    List<String> published(String instance) {
        String prefix = alias(instance, "");
        List<String> ids = new ArrayList<>();
        for (Iterator<Segment> newest = log.descendingIterator(); newest.hasNext(); ) {
            Segment segment = newest.next();
            for (Entry entry : segment.entries.values()) {
                Placed placed = entries.get(entry.key());
                if (placed != null && placed.segment() == segment.number && entry.state() == State.PUBLISHED) {
                    entry.aliases().stream()
                            .filter(alias -> alias.startsWith(prefix))
                            .reduce((earlier, later) -> later)
                            .ifPresent(alias -> ids.add(alias.substring(prefix.length())));
                }
            }
        }
        return ids;
    }

    /** Remembers an entry in place of what was known by its key. */
    void put(Entry entry) {
        List<String> aliases = entry.aliases();
        Entry bounded = aliases.size() <= MOST_ALIASES
                ? entry
                : new Entry(
                        entry.key(),
                        entry.state(),
                        entry.edited(),
                        entry.digest(),
                        List.copyOf(aliases.subList(aliases.size() - MOST_ALIASES, aliases.size())));
        Segment segment = log.getLast();
        int chars = chars(bounded);
        if (segment.entries.size() >= SEGMENT_ENTRIES
                || (segment.chars + chars > SEGMENT_CHARS && !segment.entries.isEmpty())) {
            segment = new Segment(segment.number + 1);
            log.addLast(segment);
            while (log.size() > segments) {
                forget(log.removeFirst());
            }
        }
        place(bounded, segment);
        changed.put(segment.number, segment);
    }

    private void place(Entry entry, Segment segment) {
        Placed before = entries.put(entry.key(), new Placed(entry, segment.number));
        if (before != null) {
            before.entry().aliases().forEach(alias -> keyOfAlias.remove(alias, entry.key()));
        }
        entry.aliases().forEach(alias -> keyOfAlias.put(alias, entry.key()));
        segment.entries.put(entry.key(), entry);
        segment.chars += chars(entry);
    }

    /** Forgets what was last heard of in a segment. */
    private void forget(Segment segment) {
        changed.remove(segment.number);
        for (String key : segment.entries.keySet()) {
            Placed placed = entries.get(key);
            if (placed != null && placed.segment() == segment.number) {
                entries.remove(key);
                placed.entry().aliases().forEach(alias -> keyOfAlias.remove(alias, key));
            }
        }
    }

    private static int chars(Entry entry) {
        int chars = entry.key().length() + 80;
        for (String alias : entry.aliases()) {
            chars += alias.length() + 3;
        }
        return chars;
    }

    /** The segments that changed since this was last asked, by the name of their record. */
    Map<String, JsonNode> takeChanges() {
        Map<String, JsonNode> parts = new LinkedHashMap<>();
        changed.values().forEach(segment -> parts.put(PREFIX + segment.number % segments, json(segment)));
        changed.clear();
        return parts;
    }

    private static JsonNode json(Segment segment) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("segment", segment.number);
        ArrayNode all = json.putArray("entries");
        for (Entry entry : segment.entries.values()) {
            ArrayNode one = all.addArray().add(entry.key()).add(entry.state().code);
            one.add(entry.edited().map(Instant::toString).orElse("")).add(entry.digest());
            entry.aliases().forEach(one::add);
        }
        return json;
    }

    /**
     * The window as it was committed.
     *
     * @throws IllegalArgumentException if the parts are no window's
     */
    static Window restore(int entries, Map<String, JsonNode> parts) {
        Window window = new Window(entries);
        List<JsonNode> found = parts.entrySet().stream()
                .filter(part -> part.getKey().startsWith(PREFIX))
                .map(Map.Entry::getValue)
                .sorted(Comparator.comparingLong(part -> part.path("segment").asLong()))
                .toList();
        if (found.isEmpty()) {
            return window;
        }
        long last = found.get(found.size() - 1).path("segment").asLong();
        window.log.clear();
        for (JsonNode part : found) {
            long number = part.path("segment").asLong(-1);
            if (number > last - window.segments) {
                Segment segment = new Segment(number);
                window.log.addLast(segment);
                part.path("entries").forEach(one -> window.place(entry(one), segment));
            }
        }
        return window;
    }

    private static Entry entry(JsonNode json) {
        List<String> aliases = new ArrayList<>();
        for (int at = 4; at < json.size(); at++) {
            aliases.add(json.path(at).asText());
        }
        String edited = json.path(2).asText();
        return new Entry(
                json.path(0).asText(),
                State.of(json.path(1).asText()),
                edited.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(edited)),
                json.path(3).asText(),
                List.copyOf(aliases));
    }
}

package io.tributary.producer.source.mastodon;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * How much of one timeline is read: everything up to a time, but for gaps. A look at the newest page opens a gap down to
 * where the look before ended, and the gap is closed page by page, newest first. All of it is in the checkpoint, so that
 * whoever goes on knows which pages are left. Pure but for its state; confined to one thread.
 */
final class Feed {
    /** So many gaps are kept apart; further ones are closed together. */
    private static final int MOST_GAPS = 8;

    private final Overlap overlap;
    private final Deque<Gap> gaps = new ArrayDeque<>();
    private Instant covered;
    /** Where a cursor was to lead that led nowhere: the next look tries to get there. */
    private Optional<Instant> owed = Optional.empty();

    /**
     * How far to read beyond what was read before, since the order of ids is not that of arrival.
     *
     * @param time  so far back, at least
     * @param pages or so many pages without news
     */
    record Overlap(Duration time, int pages) {}

    /**
     * A feed that is yet to be read.
     *
     * @param from nothing older is asked for
     */
    Feed(Overlap overlap, Instant from) {
        this.overlap = overlap;
        this.covered = from;
    }

    /** The newest page was read. Returns the gap below it, already told of the page. */
    Gap looked(Page page, Instant began) {
        Gap gap = owed.map(until -> Gap.owed(until, overlap))
                .orElseGet(() -> new Gap(Optional.empty(), covered, overlap));
        owed = Optional.empty();
        gap.take(page);
        if (began.isAfter(covered)) {
            covered = began;
        }
        if (!gap.closed()) {
            gaps.addFirst(gap);
            while (gaps.size() > MOST_GAPS) {
                Gap oldest = gaps.removeLast();
                Gap younger = gaps.removeLast();
                gaps.addLast(younger.with(oldest));
            }
        }
        return gap;
    }

    /** The gap to work on. */
    Optional<Gap> gap() {
        return Optional.ofNullable(gaps.peekFirst());
    }

    /** A page of the gap on which was worked. */
    void read(Gap gap, Page page) {
        gap.take(page);
        if (gap.closed()) {
            gaps.remove(gap);
        }
        if (gap.stuck()) {
            owed = owed.filter(until -> until.isBefore(gap.until())).or(() -> Optional.of(gap.until()));
        }
    }

    int gaps() {
        return gaps.size();
    }

    Instant covered() {
        return covered;
    }

    JsonNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("covered", covered.toString());
        owed.ifPresent(until -> json.put("owed", until.toString()));
        ArrayNode all = json.putArray("gaps");
        for (Gap gap : gaps) {
            all.addObject()
                    .put("below", gap.cursor().orElse(""))
                    .put("until", gap.until().toString());
        }
        return json;
    }

    /**
     * Goes back to where a checkpoint stands.
     *
     * @throws IllegalArgumentException if it is none
     */
    static Feed fromJson(Overlap overlap, JsonNode json) {
        try {
            Feed feed = new Feed(overlap, Instant.parse(json.path("covered").asText()));
            if (json.has("owed")) {
                feed.owed = Optional.of(Instant.parse(json.path("owed").asText()));
            }
            for (JsonNode gap : json.path("gaps")) {
                feed.gaps.addLast(new Gap(
                        Optional.of(gap.path("below").asText()).filter(below -> !below.isEmpty()),
                        Instant.parse(gap.path("until").asText()),
                        overlap));
            }
            return feed;
        } catch (java.time.DateTimeException notOurs) {
            throw new IllegalArgumentException("a feed's position is no position: " + json, notOurs);
        }
    }
}

package io.tributary.producer.source.mastodon;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A page of a timeline, as far as paging is concerned.
 *
 * @param ids    in the page's own order
 * @param times  when its statuses were written, where they say
 * @param news   whether any of it was not known before
 * @param cursor what the answer itself gives for the next older page
 */
record Page(List<String> ids, List<Instant> times, boolean news, Optional<String> cursor) {
    Page {
        ids = List.copyOf(ids);
        times = times.stream().sorted().toList();
    }

    /** Half of its statuses are not older than this: a few with odd times don't move it. */
    Optional<Instant> middle() {
        return times.isEmpty() ? Optional.empty() : Optional.of(times.get(times.size() / 2));
    }
}

package io.tributary.producer.source.mastodon;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.daemon.MonotonicClock;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Asks an instance now and then whether what was published still exists, since some deletions are never told: twenty at
 * once, and once more each that is missing. Goes through all that is remembered, then begins anew. Confined to the
 * source's thread.
 */
final class Reconciler {
    private static final int AT_ONCE = 20;

    private final String instance;
    private final URI url;
    private final Duration every;
    private final MonotonicClock clock;
    private final Deque<String> ids = new ArrayDeque<>();
    private final Deque<String> missing = new ArrayDeque<>();
    private long nextAt;
    private boolean unsupported;

    Reconciler(String instance, URI url, Duration every, MonotonicClock clock) {
        this.instance = instance;
        this.url = url;
        this.every = every;
        this.clock = clock;
        this.nextAt = clock.millis() + every.toMillis();
    }

    /**
     * A question.
     *
     * @param address where to ask
     * @param asked   the ids it is about
     * @param single  whether it is about one that is missing
     */
    record Question(URI address, List<String> asked, boolean single) {}

    /** What to ask now, if anything. */
    Optional<Question> next(Window window) {
        String suspect = missing.poll();
        if (suspect != null) {
            return Optional.of(
                    new Question(url.resolve("/api/v1/statuses/" + encoded(suspect)), List.of(suspect), true));
        }
        if (unsupported || every.isZero() || clock.millis() < nextAt) {
            return Optional.empty();
        }
        if (ids.isEmpty()) {
            ids.addAll(window.published(instance));
        }
        StringBuilder query = new StringBuilder("/api/v1/statuses?");
        Deque<String> asked = new ArrayDeque<>();
        while (asked.size() < AT_ONCE && !ids.isEmpty()) {
            String id = ids.poll();
            query.append(asked.isEmpty() ? "" : "&").append("id%5B%5D=").append(encoded(id));
            asked.add(id);
        }
        if (ids.isEmpty()) {
            nextAt = clock.millis() + every.toMillis();
        }
        return asked.isEmpty()
                ? Optional.empty()
                : Optional.of(new Question(url.resolve(query.toString()), List.copyOf(asked), false));
    }

    /** The ids that are gone, by the answer. */
    List<String> gone(Question question, MastodonApi.Answer answer) {
        if (question.single()) {
            return answer.status() == 404 || answer.status() == 410 ? question.asked() : List.of();
        }
        if (answer.status() == 404 || answer.status() == 405 || answer.status() == 400) {
            unsupported = true;
        }
        if (answer.status() != 200) {
            return List.of();
        }
        Set<String> there = new HashSet<>();
        try {
            JsonNode statuses = StatusReader.MAPPER.readTree(answer.body());
            if (!statuses.isArray()) {
                return List.of();
            }
            statuses.forEach(status -> there.add(StatusReader.scalar(status.path("id"))));
        } catch (JsonProcessingException noAnswer) {
            return List.of();
        }
        question.asked().stream().filter(id -> !there.contains(id)).forEach(missing::add);
        return List.of();
    }

    private static String encoded(String id) {
        return URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
    }
}

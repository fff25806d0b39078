package io.tributary.producer.source.mastodon;

import io.tributary.daemon.MonotonicClock;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Asks an instance now and then how what was published stands, since streams lose events and some deletions are never
 * told: twenty at once, newest first, and once more each that is missing; one by one where the instance knows no other
 * way. Goes through all that is remembered, then begins anew. Confined to the source's thread.
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
    private boolean oneByOne;
    private boolean proven;
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
     * @param single  whether it is about one only
     */
    record Question(URI address, List<String> asked, boolean single) {}

    /**
     * What an answer tells.
     *
     * @param there statuses as they stand now, as JSON
     * @param gone  what the instance calls those that are no more
     */
    record Found(List<String> there, List<String> gone) {
        private static final Found NOTHING = new Found(List.of(), List.of());
    }

    /** What to ask now, if anything. */
    Optional<Question> next(Window window) {
        String suspect = missing.poll();
        if (suspect != null) {
            return Optional.of(single(suspect));
        }
        if (unsupported || every.isZero() || clock.millis() < nextAt) {
            return Optional.empty();
        }
        if (ids.isEmpty()) {
            ids.addAll(window.published(instance));
        }
        List<String> asked = new ArrayList<>();
        while (asked.size() < (oneByOne ? 1 : AT_ONCE) && !ids.isEmpty()) {
            asked.add(ids.remove());
        }
        if (ids.isEmpty()) {
            nextAt = clock.millis() + every.toMillis();
        }
        if (asked.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(oneByOne ? single(asked.get(0)) : many(asked));
    }

    private Question single(String id) {
        return new Question(url.resolve("/api/v1/statuses/" + encoded(id)), List.of(id), true);
    }

    private Question many(List<String> asked) {
        StringBuilder query = new StringBuilder("/api/v1/statuses");
        for (String id : asked) {
            query.append(query.indexOf("?") < 0 ? "?" : "&").append("id%5B%5D=").append(encoded(id));
        }
        return new Question(url.resolve(query.toString()), List.copyOf(asked), false);
    }

    /** What the answer to a question tells. */
    Found read(Question question, MastodonApi.Answer answer) {
        return question.single() ? readOne(question, answer) : readMany(question, answer);
    }

    private Found readOne(Question question, MastodonApi.Answer answer) {
        switch (answer.status()) {
            case 200 -> {
                if (idOf(answer.body()).isPresent()) {
                    proven = true;
                    return new Found(List.of(answer.body()), List.of());
                }
            }
            case 404, 410 -> {
                // Where nothing was ever shown, this may mean that nothing ever is.
                if (proven) {
                    return new Found(List.of(), question.asked());
                }
            }
            case 400, 401, 403, 405, 422 -> unsupported |= oneByOne;
            default -> {
                // Asked again in the next round.
            }
        }
        return Found.NOTHING;
    }

    private Found readMany(Question question, MastodonApi.Answer answer) {
        if (answer.status() == 404 || answer.status() == 405 || answer.status() == 400) {
            oneByOne = true;
            question.asked().forEach(ids::add);
            nextAt = clock.millis();
        }
        if (answer.status() != 200) {
            return Found.NOTHING;
        }
        List<String> there = new ArrayList<>();
        Set<String> shown = new HashSet<>();
        try {
            for (String status : RawStatuses.of(answer.body())) {
                idOf(status).ifPresent(id -> {
                    shown.add(id);
                    there.add(status);
                });
            }
        } catch (IOException noStatuses) {
            return Found.NOTHING;
        }
        proven = true;
        question.asked().stream().filter(id -> !shown.contains(id)).forEach(missing::add);
        return new Found(there, List.of());
    }

    private static Optional<String> idOf(String status) {
        try {
            return Optional.of(StatusReader.scalar(
                            StatusReader.MAPPER.readTree(status).path("id")))
                    .filter(id -> !id.isEmpty());
        } catch (IOException noStatus) {
            return Optional.empty();
        }
    }

    private static String encoded(String id) {
        return URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
    }
}

package io.tributary.producer.source.mastodon.wire;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The headers of an answer, whatever the case of their names. Immutable. */
public final class AnswerHeaders {
    private static final Pattern NEXT = Pattern.compile("<([^>]*)>\\s*;\\s*rel=\"?next\"?");
    private static final Pattern MAX_ID = Pattern.compile("[?&]max_id=([^&]*)");
    private static final Pattern WHOLE = Pattern.compile("[0-9]{1,15}");
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,15}(\\.[0-9]{1,9})?");
    /** A number above this counts seconds since 1970, one below from now. */
    private static final double EPOCH = 1e9;

    private final Map<String, String> byName = new TreeMap<>();

    /** Headers by name; of several of one name the first counts. */
    public AnswerHeaders(Map<String, List<String>> headers) {
        headers.forEach((name, values) -> {
            if (!values.isEmpty()) {
                byName.putIfAbsent(name.toLowerCase(Locale.ROOT), values.get(0).trim());
            }
        });
    }

    /** No headers. */
    public static AnswerHeaders none() {
        return new AnswerHeaders(Map.of());
    }

    /** One header's value. */
    public Optional<String> value(String name) {
        return Optional.ofNullable(byName.get(name.toLowerCase(Locale.ROOT)));
    }

    /** The cursor of the next older page, which is all that may be taken from a Link: it drops parts of the query. */
    public Optional<String> nextCursor() {
        return value("link")
                .map(NEXT::matcher)
                .filter(Matcher::find)
                .map(found -> MAX_ID.matcher(found.group(1)))
                .filter(Matcher::find)
                .map(found -> URLDecoder.decode(found.group(1), StandardCharsets.UTF_8))
                .filter(cursor -> !cursor.isEmpty());
    }

    /** How many requests the limit allows. */
    public OptionalLong limit() {
        return whole("x-ratelimit-limit");
    }

    /** How many of them are left. */
    public OptionalLong remaining() {
        return whole("x-ratelimit-remaining");
    }

    /** The instance's own time. */
    public Optional<Instant> date() {
        return value("date").flatMap(AnswerHeaders::httpDate);
    }

    /**
     * How long until the limit is full again: ISO 8601 with a fraction, or seconds since 1970. Reckoned by the instance's
     * own clock where it names its time.
     *
     * @param now this machine's time
     */
    public Optional<Duration> untilReset(Instant now) {
        return value("x-ratelimit-reset").flatMap(text -> until(text, date().orElse(now)));
    }

    /** How long to stay away, in seconds or as a date. */
    public Optional<Duration> retryAfter(Instant now) {
        return value("retry-after")
                .flatMap(text -> WHOLE.matcher(text).matches()
                        ? Optional.of(Duration.ofSeconds(Long.parseLong(text)))
                        : httpDate(text).map(at -> notNegative(Duration.between(date().orElse(now), at))));
    }

    private OptionalLong whole(String name) {
        String text = byName.get(name);
        return text != null && WHOLE.matcher(text).matches()
                ? OptionalLong.of(Long.parseLong(text))
                : OptionalLong.empty();
    }

    private static Optional<Duration> until(String text, Instant now) {
        if (SECONDS.matcher(text).matches()) {
            double seconds = Double.parseDouble(text);
            long millis = Math.round(seconds * 1000);
            return Optional.of(
                    seconds < EPOCH
                            ? Duration.ofMillis(millis)
                            : notNegative(Duration.between(now, Instant.ofEpochMilli(millis))));
        }
        try {
            return Optional.of(
                    notNegative(Duration.between(now, OffsetDateTime.parse(text).toInstant())));
        } catch (DateTimeException noTime) {
            return Optional.empty();
        }
    }

    private static Optional<Instant> httpDate(String text) {
        try {
            return Optional.of(ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeException noDate) {
            return Optional.empty();
        }
    }

    private static Duration notNegative(Duration duration) {
        return duration.isNegative() ? Duration.ZERO : duration;
    }
}

package io.tributary.producer.source.mastodon;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What an instance says of itself: who may read which feeds, and where it streams. Instances that say nothing are taken to
 * allow everything: asking tells. Pure.
 *
 * @param version   what runs there
 * @param live      who may read the public timeline
 * @param hashtags  who may read those of hashtags
 * @param streaming where it streams, if it says
 */
record Access(String version, Audience live, Audience hashtags, Optional<URI> streaming) {
    /** Who may read a feed. */
    enum Audience {
        PUBLIC,
        AUTHENTICATED,
        DISABLED
    }

    /** Reads the answer of {@code /api/v2/instance} or {@code /api/v1/instance}. */
    static Access read(JsonNode json, MastodonConfig.Timeline timeline) {
        JsonNode configuration = json.path("configuration");
        JsonNode access = configuration.path("timelines_access");
        String stream = StatusReader.scalar(configuration.path("urls").path("streaming"));
        if (stream.isEmpty()) {
            stream = StatusReader.scalar(json.path("urls").path("streaming_api"));
        }
        return new Access(
                StatusReader.scalar(json.path("version")),
                audience(access.path("live_feeds"), timeline),
                audience(access.path("hashtag_feeds"), MastodonConfig.Timeline.PUBLIC),
                uri(stream));
    }

    /** The part of a feed that is open to the most: a timeline of both kinds shows what it may. */
    private static Audience audience(JsonNode feeds, MastodonConfig.Timeline timeline) {
        Audience local = audience(feeds.path("local"));
        Audience remote = audience(feeds.path("remote"));
        return switch (timeline) {
            case LOCAL -> local;
            case REMOTE -> remote;
            default -> local.compareTo(remote) <= 0 ? local : remote;
        };
    }

    private static Audience audience(JsonNode said) {
        return switch (StatusReader.scalar(said).toLowerCase(Locale.ROOT)) {
            case "disabled" -> Audience.DISABLED;
            case "authenticated" -> Audience.AUTHENTICATED;
            default -> Audience.PUBLIC;
        };
    }

    private static Optional<URI> uri(String text) {
        try {
            URI uri = URI.create(text);
            return uri.getHost() == null ? Optional.empty() : Optional.of(uri);
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    /** Why a feed cannot be read; empty if it can. */
    static Optional<String> closed(Audience audience, String feed, boolean token) {
        return switch (audience) {
            case PUBLIC -> Optional.empty();
            case AUTHENTICATED ->
                token
                        ? Optional.empty()
                        : Optional.of(
                                "its " + feed + " is for its users: a token (token-env or token-file) would open it");
            case DISABLED ->
                Optional.of("its " + feed + " is disabled, for users too"
                        + (feed.startsWith("public") ? "; hashtags may be open" : ""));
        };
    }

    /** What is closed, and what a token would add, for people. */
    List<String> remarks(boolean token) {
        List<String> remarks = new ArrayList<>();
        remarks.add("public timeline: " + word(live));
        remarks.add("hashtags: " + word(hashtags));
        if (!token) {
            remarks.add("a token would add streams, and with them deletions and edits at once"
                    + (live == Audience.AUTHENTICATED || hashtags == Audience.AUTHENTICATED
                            ? ", and the feeds for users"
                            : ""));
        }
        return remarks;
    }

    private static String word(Audience audience) {
        return audience.name().toLowerCase(Locale.ROOT);
    }
}

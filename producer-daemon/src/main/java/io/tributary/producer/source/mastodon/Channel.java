package io.tributary.producer.source.mastodon;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * A timeline of an instance, and how its addresses read. Pure.
 *
 * @param timeline which public timeline, where it is no hashtag's
 * @param tag      the hashtag
 */
record Channel(MastodonConfig.Timeline timeline, Optional<String> tag) {
    private static final int PAGE = 40;

    static Channel of(MastodonConfig.Timeline timeline) {
        return new Channel(timeline, Optional.empty());
    }

    static Channel ofTag(String tag) {
        return new Channel(MastodonConfig.Timeline.PUBLIC, Optional.of(tag));
    }

    /** What it is called in checkpoints and logs. */
    String name() {
        return tag.map(text -> "tag:" + text).orElse(timeline.name().toLowerCase(Locale.ROOT));
    }

    /** What people call it. */
    String shown() {
        return tag.map(text -> "hashtag #" + text).orElse("public timeline");
    }

    /** A page of it. The query is built anew each time; only the cursor comes from the instance. */
    URI page(URI instance, Optional<String> olderThan) {
        StringBuilder path = new StringBuilder(
                tag.map(text -> "/api/v1/timelines/tag/" + encoded(text)).orElse("/api/v1/timelines/public"));
        path.append("?limit=").append(PAGE);
        if (tag.isEmpty() && timeline == MastodonConfig.Timeline.LOCAL) {
            path.append("&local=true");
        } else if (tag.isEmpty() && timeline == MastodonConfig.Timeline.REMOTE) {
            path.append("&remote=true");
        }
        olderThan.ifPresent(id -> path.append("&max_id=").append(encoded(id)));
        return instance.resolve(path.toString());
    }

    /** Its stream of server-sent events. */
    URI events(URI host) {
        String kind = timeline == MastodonConfig.Timeline.PUBLIC ? "" : "/" + name();
        return withScheme(host, "http")
                .resolve(tag.map(text -> "/api/v1/streaming/hashtag?tag=" + encoded(text))
                        .orElse("/api/v1/streaming/public" + kind));
    }

    /** Its WebSocket. */
    URI socket(URI host) {
        String kind = timeline == MastodonConfig.Timeline.PUBLIC ? "" : ":" + name();
        return withScheme(host, "ws")
                .resolve("/api/v1/streaming?stream="
                        + tag.map(text -> "hashtag&tag=" + encoded(text)).orElse("public" + kind));
    }

    private static URI withScheme(URI host, String plain) {
        String scheme = String.valueOf(host.getScheme());
        boolean secure = scheme.equals("https") || scheme.equals("wss");
        return URI.create(plain + (secure ? "s" : "") + "://" + host.getRawAuthority() + "/");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}

package io.tributary.producer;

import io.tributary.daemon.config.ConfigSection;
import io.tributary.producer.source.mastodon.MastodonConfig;
import io.tributary.producer.source.mastodon.MastodonConfig.Streaming;
import io.tributary.producer.source.mastodon.MastodonConfig.Timeline;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Reads the section {@code source} of instances to follow. */
final class MastodonShape {
    private static final String USER_AGENT =
            "tributary-producer-daemon (Mastodon source; +https://docs.joinmastodon.org/)";

    private MastodonShape() {}

    static MastodonConfig read(ConfigSection source, String name) {
        List<MastodonConfig.Instance> instances = source.sections(
                "instances", "mastodon: the instances to follow, each with its own limit.", MastodonShape::instance);
        Set<String> names = new HashSet<>();
        if (instances.isEmpty()) {
            source.reject("instances", "name at least one: instances = [ { url = \"https://...\" } ]");
        }
        for (MastodonConfig.Instance instance : instances) {
            if (!names.add(instance.name())) {
                source.reject("instances", instance.name() + " is there twice; give one group all of its tags");
            }
        }
        ConfigSection overlap = source.section("overlap");
        ConfigSection respect = source.section("respect");
        return new MastodonConfig(
                name,
                instances,
                source.duration("poll-every")
                        .doc("mastodon: how often to look at a timeline that is not streamed.")
                        .between(Duration.ofSeconds(1), Duration.ofHours(1))
                        .orDefault("15s"),
                source.duration("check-every")
                        .doc("mastodon: how often to look at one that is, since streams lose events without a word.")
                        .between(Duration.ofSeconds(1), Duration.ofHours(1))
                        .orDefault("60s"),
                source.duration("since")
                        .doc("mastodon: how far back the very first look goes.")
                        .between(Duration.ZERO, Duration.ofDays(3650))
                        .orDefault("1h"),
                overlap.duration("time")
                        .doc(
                                "mastodon: how far to read beyond what was read before: ids are not in the order of arrival.")
                        .between(Duration.ZERO, Duration.ofHours(24))
                        .orDefault("2m"),
                overlap.number("pages")
                        .doc("mastodon: or so many pages there without news.")
                        .between(1L, 1_000L)
                        .orDefault("2")
                        .intValue(),
                source.number("window")
                        .doc(
                                "mastodon: how many statuses are remembered, so that none is published twice and deletions "
                                        + "find what they delete. Kept in the checkpoint, in records of at most 220 kB each.")
                        .between(1_000L, 2_000_000L)
                        .orDefault("100000")
                        .intValue(),
                source.duration("silence")
                        .doc("mastodon: a stream that says nothing for so long is begun anew; instances give a sign of "
                                + "life every 15 or 30 s.")
                        .between(Duration.ofSeconds(1), Duration.ofHours(1))
                        .orDefault("75s"),
                source.duration("reconcile-every")
                        .doc("mastodon: how often to ask whether all that is remembered still exists, since some "
                                + "deletions are never told, and none without a stream; 0s for never.")
                        .between(Duration.ZERO, Duration.ofDays(30))
                        .orDefault("1h"),
                respect.flag("discoverable")
                        .doc(
                                "mastodon: whether posts stay out whose authors do not want to be discovered. Absent is no "
                                        + "objection.")
                        .orDefault("true"),
                respect.flag("indexable")
                        .doc("mastodon: likewise for authors who do not want their posts to be found by searching.")
                        .orDefault("true"),
                client(source.section("client")));
    }

    private static MastodonConfig.Instance instance(ConfigSection instance) {
        URI url = URI.create(instance.text("url")
                        .doc("Its address, such as https://mastodon.example, without a path.")
                        .must(
                                "be an http or https address without a path",
                                text -> isAddress(text, Set.of("http", "https")))
                        .required()
                        .replaceFirst("/$", "")
                + "/");
        Timeline timeline = instance.choice("timeline", Timeline.class)
                .doc("The public timeline to follow, besides the tags.")
                .orDefault("public");
        List<String> tags = instance.texts("tags")
                .doc("Hashtags to follow, without #.")
                .must(
                        "be hashtags without #",
                        list -> list.stream().allMatch(tag -> tag.matches("[\\p{L}\\p{M}\\p{N}_\\u00B7]{1,200}")))
                .orDefault("");
        if (timeline == Timeline.NONE && tags.isEmpty()) {
            instance.reject("tags", "timeline = none needs tags = [...]");
        }
        Streaming streaming = instance.choice("streaming", Streaming.class)
                .doc(
                        "How to hear of news at once, which needs a token: auto tries server-sent events, then a WebSocket.")
                .orDefault("auto");
        Optional<URI> streamingUrl = instance.text("streaming-url")
                .doc(
                        "Another host that streams for it. Naming it here sends it the token; a subdomain that the instance "
                                + "names itself needs no mention.")
                .must(
                        "be an http, https, ws or wss address without a path",
                        text -> isAddress(text, Set.of("http", "https", "ws", "wss")))
                .optional()
                .map(URI::create);
        Optional<String> env = instance.text("token-env")
                .doc("The environment variable with the token; not one that begins with TRIBUTARY_.")
                .must("be a variable's name", text -> text.matches("[A-Za-z_][A-Za-z0-9_]*"))
                .optional();
        Optional<String> file = instance.text("token-file")
                .doc("The file with the token, read anew at each verification.")
                .optional();
        if (env.isPresent() && file.isPresent()) {
            instance.reject("token-file", "give token-env or token-file, not both");
        }
        return new MastodonConfig.Instance(
                url.getHost() == null ? URI.create("http://missing/") : url,
                timeline,
                tags.stream()
                        .map(tag -> tag.toLowerCase(Locale.ROOT))
                        .distinct()
                        .toList(),
                streaming,
                streamingUrl,
                env,
                file);
    }

    private static MastodonConfig.Client client(ConfigSection client) {
        return new MastodonConfig.Client(
                client.text("user-agent")
                        .doc("mastodon: what to say one is; some instances talk to nobody who does not say so.")
                        .must("be a line of ASCII", text -> text.matches("[ -~]+"))
                        .orDefault(USER_AGENT),
                client.text("proxy")
                        .doc("mastodon: an HTTP proxy, host:port.")
                        .must("be host:port", text -> text.matches("[^\\s/:]+:[0-9]{1,5}"))
                        .optional(),
                client.text("ca-file")
                        .doc("mastodon: PEM certificates to trust besides the JVM's own.")
                        .optional(),
                client.duration("timeout")
                        .doc("mastodon: how long one answer may take.")
                        .between(Duration.ofMillis(100), Duration.ofMinutes(5))
                        .orDefault("30s"));
    }

    private static boolean isAddress(String text, Set<String> schemes) {
        try {
            URI uri = URI.create(text);
            return schemes.contains(String.valueOf(uri.getScheme()))
                    && uri.getHost() != null
                    && (uri.getRawPath().isEmpty() || uri.getRawPath().equals("/"))
                    && uri.getRawQuery() == null
                    && uri.getRawUserInfo() == null;
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }
}

package io.tributary.sandbox.cli;

import io.tributary.sandbox.cli.stack.Following;
import io.tributary.sandbox.cli.stack.Names;
import io.tributary.sandbox.cli.stack.Pipeline;
import io.tributary.sandbox.cli.stack.Source;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say which instance to follow. Filled by picocli on the command's thread. */
final class FollowOptions {
    private static final String DEMO = "demo";
    private static final String TOPIC = "statuses";

    @Option(
            names = "--mastodon",
            paramLabel = "URL",
            description =
                    "Follow an instance of Mastodon or its kin into table statuses: https://INSTANCE, or demo for a "
                            + "stand-in on this machine. Beside files, or without any.")
    private @Nullable String url;

    @Option(
            names = "--tag",
            paramLabel = "T",
            description = "Follow this hashtag in place of the public timeline; may be given several times.")
    private List<String> tags = new ArrayList<>();

    @Option(
            names = "--token-env",
            paramLabel = "NAME",
            description = "The environment variable with a token for the instance.")
    private @Nullable String tokenEnv;

    @Option(names = "--token-file", paramLabel = "FILE", description = "The file with a token for the instance.")
    private @Nullable String tokenFile;

    @Option(
            names = "--mastodon-config",
            paramLabel = "FILE",
            description = "HOCON with further keys of the daemon's source, such as client.proxy, client.ca-file or "
                    + "respect.indexable: docs/config/producer-daemon.md lists them below source.")
    private @Nullable Path settings;

    boolean isGiven() {
        return url != null;
    }

    /**
     * What to follow, and where it goes.
     *
     * @param shown what people call it
     */
    record Followed(Source source, Pipeline pipeline, String shown) {}

    /** Checks everything that can be checked without asking the instance. */
    Optional<Followed> followed() throws CommandFailure {
        if (url == null) {
            if (!tags.isEmpty() || tokenEnv != null || tokenFile != null || settings != null) {
                throw CommandFailure.usage(
                        "--tag, --token-env, --token-file and --mastodon-config go with --mastodon URL");
            }
            return Optional.empty();
        }
        List<String> names = tags.stream()
                .map(tag -> tag.replaceFirst("^#", "").toLowerCase(Locale.ROOT))
                .toList();
        for (String tag : names) {
            if (!tag.matches("[\\p{L}\\p{M}\\p{N}_\\u00B7]{1,200}")) {
                throw CommandFailure.usage("--tag '" + tag + "' is no hashtag");
            }
        }
        if (tokenEnv != null && tokenFile != null) {
            throw CommandFailure.usage("give --token-env or --token-file, not both");
        }
        if (url.equals(DEMO) && (tokenEnv != null || tokenFile != null)) {
            throw CommandFailure.usage("--mastodon demo takes no token");
        }
        if (tokenFile != null && !isReadableFile(Path.of(tokenFile))) {
            throw CommandFailure.usage("--token-file " + tokenFile + " cannot be read");
        }
        if (tokenEnv != null && System.getenv(tokenEnv) == null) {
            throw CommandFailure.usage("--token-env " + tokenEnv + ": no such environment variable");
        }
        Optional<Path> more = Optional.ofNullable(settings).map(Path::toAbsolutePath);
        if (more.isPresent() && !isReadableFile(more.get())) {
            throw CommandFailure.usage("--mastodon-config " + settings + " cannot be read");
        }
        Following following = url.equals(DEMO)
                ? Following.demo(names, more)
                : new Following(
                        address(url), names, Optional.ofNullable(tokenEnv), Optional.ofNullable(tokenFile), more);
        String shown = (url.equals(DEMO) ? "a stand-in for an instance" : following.url())
                + (names.isEmpty() ? "" : " #" + String.join(" #", names));
        return Optional.of(
                new Followed(Source.of(following, TOPIC), Pipeline.ofStatuses(TOPIC, Names.table(TOPIC)), shown));
    }

    private static boolean isReadableFile(Path path) {
        return Files.isReadable(path) && !Files.isDirectory(path);
    }

    private static String address(String text) throws CommandFailure {
        try {
            URI uri = URI.create(text);
            boolean http = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
            if (http
                    && uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && (uri.getRawPath().isEmpty() || uri.getRawPath().equals("/"))) {
                return uri.getScheme() + "://" + uri.getRawAuthority();
            }
        } catch (IllegalArgumentException malformed) {
            // Told below, like all others.
        }
        // A password in it is nobody's business.
        throw CommandFailure.usage("--mastodon '" + text.replaceFirst("//[^/]*@", "//...@")
                + "' is no instance's address, such as https://mastodon.example, or demo");
    }
}

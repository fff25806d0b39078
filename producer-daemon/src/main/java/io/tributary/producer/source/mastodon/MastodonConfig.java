package io.tributary.producer.source.mastodon;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What to follow, and how.
 *
 * @param name          the source's name
 * @param instances     whom to ask
 * @param pollEvery     how often to look at a timeline that is not streamed
 * @param checkEvery    how often to look at one that is
 * @param since         how far back the very first look goes
 * @param overlapTime   how far to read beyond what was read before
 * @param overlapPages  or so many pages without news
 * @param window        how many statuses to remember
 * @param silence       a stream that says nothing for so long is dead
 * @param reconcileEvery how often to ask whether posts still exist; zero for never
 * @param discoverable  whether authors who are not to be discovered stay out
 * @param indexable     whether authors who are not to be found by searching stay out
 * @param client        how to get there
 */
public record MastodonConfig(
        String name,
        List<Instance> instances,
        Duration pollEvery,
        Duration checkEvery,
        Duration since,
        Duration overlapTime,
        int overlapPages,
        int window,
        Duration silence,
        Duration reconcileEvery,
        boolean discoverable,
        boolean indexable,
        Client client) {
    public MastodonConfig {
        instances = List.copyOf(instances);
    }

    /** Which public timeline. */
    public enum Timeline {
        PUBLIC,
        LOCAL,
        REMOTE,
        NONE
    }

    /** How to hear of news at once. */
    public enum Streaming {
        /** Server-sent events, or a WebSocket where these are not served; neither without a token. */
        AUTO,
        SSE,
        WEBSOCKET,
        OFF
    }

    /**
     * One instance.
     *
     * @param url          its address, without a path
     * @param timeline     the public timeline to follow
     * @param tags         hashtags to follow, without #
     * @param streaming    how to hear of news
     * @param streamingUrl another host that streams, which then gets the token
     * @param tokenEnv     the environment variable that holds the token
     * @param tokenFile    the file that holds it
     */
    public record Instance(
            URI url,
            Timeline timeline,
            List<String> tags,
            Streaming streaming,
            Optional<URI> streamingUrl,
            Optional<String> tokenEnv,
            Optional<String> tokenFile) {
        public Instance {
            tags = List.copyOf(tags);
        }

        /** How it is called in records, metrics and logs. */
        public String name() {
            return url.getPort() < 0 ? String.valueOf(url.getHost()) : url.getHost() + ":" + url.getPort();
        }
    }

    /**
     * The HTTP client.
     *
     * @param userAgent what it says it is
     * @param proxy     host:port
     * @param caFile    PEM certificates to trust beside the JVM's own
     * @param timeout   for one answer
     */
    public record Client(String userAgent, Optional<String> proxy, Optional<String> caFile, Duration timeout) {}
}

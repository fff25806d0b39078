package io.tributary.producer.source.mastodon.http;

import java.net.URI;
import java.net.http.HttpResponse;
import java.util.Optional;

/**
 * Where an answer sends us.
 *
 * @param from the address that was asked
 * @param to   the one to ask instead
 */
record Redirect(URI from, URI to) {
    /** The redirect that an answer is, if it is one that names a usable address. */
    static Optional<Redirect> of(URI asked, HttpResponse<?> response) {
        int status = response.statusCode();
        boolean redirects = status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
        if (!redirects) {
            return Optional.empty();
        }
        return response.headers().firstValue("location").flatMap(location -> {
            try {
                URI to = asked.resolve(URI.create(location));
                boolean http = "http".equals(to.getScheme()) || "https".equals(to.getScheme());
                return http && to.getHost() != null ? Optional.of(new Redirect(asked, to)) : Optional.empty();
            } catch (IllegalArgumentException malformed) {
                return Optional.empty();
            }
        });
    }

    /** The same host and port, or the same host by TLS on its usual port: only there a token may go along. */
    boolean staysOnHost() {
        boolean sameHost = from.getHost().equalsIgnoreCase(to.getHost());
        boolean samePlace = from.getScheme().equals(to.getScheme()) && port(from) == port(to);
        return sameHost && (samePlace || (to.getScheme().equals("https") && port(from) == 80 && port(to) == 443));
    }

    boolean isDowngrade() {
        return from.getScheme().equals("https") && to.getScheme().equals("http");
    }

    private static int port(URI uri) {
        return uri.getPort() >= 0 ? uri.getPort() : uri.getScheme().equals("https") ? 443 : 80;
    }
}

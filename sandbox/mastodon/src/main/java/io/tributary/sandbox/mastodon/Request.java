package io.tributary.sandbox.mastodon;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request for something.
 *
 * @param target  the path and query
 * @param headers by name in lower case
 */
public record Request(String target, Map<String, String> headers) {
    String path() {
        int question = target.indexOf('?');
        return question < 0 ? target : target.substring(0, question);
    }

    /** All values of a parameter, decoded. */
    List<String> all(String name) {
        List<String> values = new ArrayList<>();
        int question = target.indexOf('?');
        if (question >= 0) {
            for (String pair : List.of(target.substring(question + 1).split("&", -1))) {
                int equals = pair.indexOf('=');
                String key = decoded(equals < 0 ? pair : pair.substring(0, equals));
                if (key.equals(name)) {
                    values.add(equals < 0 ? "" : decoded(pair.substring(equals + 1)));
                }
            }
        }
        return values;
    }

    Optional<String> one(String name) {
        return all(name).stream().findFirst();
    }

    /** The token, whose scheme is case-sensitive. */
    Optional<String> token() {
        String header = headers.getOrDefault("authorization", "");
        return header.startsWith("Bearer ") ? Optional.of(header.substring("Bearer ".length())) : Optional.empty();
    }

    static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}

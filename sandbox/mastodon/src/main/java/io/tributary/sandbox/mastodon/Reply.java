package io.tributary.sandbox.mastodon;

import java.util.ArrayList;
import java.util.List;

/**
 * An answer.
 *
 * @param status  the HTTP status
 * @param headers whole lines
 * @param body    JSON
 */
public record Reply(int status, List<String> headers, String body) {
    static Reply of(int status, String body) {
        return new Reply(status, List.of(), body);
    }

    static Reply error(int status, String message) {
        return of(status, "{\"error\":\"" + message + "\"}");
    }

    Reply with(List<String> more) {
        List<String> all = new ArrayList<>(headers);
        all.addAll(more);
        return new Reply(status, all, body);
    }
}

package io.tributary.sandbox.cli.pipeline;

import io.tributary.sandbox.cli.client.DaemonHealth;
import io.tributary.sandbox.cli.client.DaemonMetrics;
import io.tributary.sandbox.cli.console.Text;
import io.tributary.sandbox.cli.stack.Source;
import java.util.Map;
import java.util.Optional;

/**
 * An instance that is being followed, and what its daemon says of it. Used by the command's thread.
 *
 * @param source  what is followed
 * @param metrics of the daemon
 * @param health  of the daemon
 */
public record Live(Source source, DaemonMetrics metrics, DaemonHealth health) {
    private static final String PREFIX = "tributary_mastodon_";

    /** How it goes, on one line. */
    public String line() {
        return line(metrics.read());
    }

    /** Why it cannot be read, in the daemon's own words; empty if it can. */
    public Optional<String> complaint() {
        return health.complaint();
    }

    /** Whether a post was ever seen. */
    boolean sawAny() {
        return metrics.read().getOrDefault(PREFIX + "lag_seconds", -1.0) >= 0;
    }

    static String line(Map<String, Double> metrics) {
        if (!metrics.containsKey(PREFIX + "posts_total")) {
            return "the daemon is starting";
        }
        StringBuilder line = new StringBuilder()
                .append(Text.count(value(metrics, "posts_total"), "post"))
                .append(", ")
                .append(Text.count(value(metrics, "edits_total"), "edit"))
                .append(", ")
                .append(Text.count(value(metrics, "deletes_total"), "delete"));
        long lag = value(metrics, "lag_seconds");
        if (lag >= 0) {
            line.append(", the newest ").append(lag).append(" s old");
        }
        long withheld = value(metrics, "withheld_total");
        if (withheld > 0) {
            line.append(", ").append(Text.count(withheld)).append(" left out as their authors wish");
        }
        return line.append(", room for ")
                .append(Text.count(value(metrics, "rate_room"), "request"))
                .toString();
    }

    private static long value(Map<String, Double> metrics, String name) {
        return metrics.getOrDefault(PREFIX + name, 0.0).longValue();
    }
}

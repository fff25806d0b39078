package io.tributary.sandbox.cli.pipeline;

import java.time.Duration;
import java.util.Optional;

/** Says once that a daemon is not ready, when that lasts, and once that it is again. Pure; confined to one thread. */
public final class ReadinessNews {
    private final String daemon;
    private final long lastingMillis;
    private long wellAt;
    private boolean told;

    /**
     * News of one daemon.
     *
     * @param lasting how long it may be unready without a word
     * @param now     monotonic milliseconds
     */
    public ReadinessNews(String daemon, Duration lasting, long now) {
        this.daemon = daemon;
        this.lastingMillis = lasting.toMillis();
        this.wellAt = now;
    }

    /** What there is to say now, if anything. */
    public Optional<String> line(Optional<String> complaint, long now) {
        if (complaint.isEmpty()) {
            boolean news = told;
            told = false;
            wellAt = now;
            return news ? Optional.of(daemon + " is ready again") : Optional.empty();
        }
        if (told || now - wellAt < lastingMillis) {
            return Optional.empty();
        }
        told = true;
        return Optional.of(daemon + " is not ready: " + complaint.get());
    }
}

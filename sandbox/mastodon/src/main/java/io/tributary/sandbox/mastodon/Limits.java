package io.tributary.sandbox.mastodon;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * Counts requests in fixed periods, as the real ones do, and says what is left. Thread-safe.
 */
final class Limits {
    private final InstantSource clock;
    private final Period any;
    private final Period paged;
    private long refused;
    private long asked;

    Limits(InstantSource clock, long any, Duration anyPeriod, long paged, Duration pagedPeriod) {
        this.clock = clock;
        this.any = new Period(any, anyPeriod);
        this.paged = new Period(paged, pagedPeriod);
    }

    private static final class Period {
        final long most;
        final long millis;
        long number = Long.MIN_VALUE;
        long count;

        Period(long most, Duration length) {
            this.most = most;
            this.millis = length.toMillis();
        }

        void count(long now) {
            if (now / millis != number) {
                number = now / millis;
                count = 0;
            }
            count++;
        }
    }

    /**
     * What one request was told.
     *
     * @param allowed whether it is within the limits
     * @param headers what goes with the answer
     */
    record Verdict(boolean allowed, List<String> headers) {}

    synchronized Verdict count(boolean isPaged) {
        long now = clock.millis();
        asked++;
        any.count(now);
        boolean allowed = any.count <= any.most;
        Period told = any;
        if (isPaged) {
            paged.count(now);
            allowed &= paged.count <= paged.most;
            told = paged.most - paged.count < any.most - any.count ? paged : any;
        }
        refused += allowed ? 0 : 1;
        List<String> headers = new ArrayList<>();
        headers.add("X-RateLimit-Limit: " + told.most);
        headers.add("X-RateLimit-Remaining: " + Math.max(0, told.most - told.count));
        headers.add("X-RateLimit-Reset: "
                + Instant.ofEpochMilli((told.number + 1) * told.millis).plusNanos(123_456_000));
        return new Verdict(allowed, headers);
    }

    synchronized long refused() {
        return refused;
    }

    synchronized long asked() {
        return asked;
    }
}

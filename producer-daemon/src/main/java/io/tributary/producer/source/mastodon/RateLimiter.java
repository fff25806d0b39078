package io.tributary.producer.source.mastodon;

import io.tributary.daemon.MonotonicClock;
import io.tributary.producer.source.mastodon.wire.AnswerHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Keeps within one instance's limits ahead of time: counts its own requests over the period that the instance counts, and
 * believes the headers where they say that less is left. Once half of a limit is used up, requests are spread evenly.
 * Confined to one thread.
 */
final class RateLimiter {
    /** What a request counts as. */
    enum Kind {
        /** Any request. */
        ANY,
        /** One with a cursor, which counts as any, too. */
        PAGED
    }

    /** Answers arrive at other times than requests were sent: a period is a little longer here. */
    private static final long SLACK_MS = 5_000;

    private static final Duration LONGEST = Duration.ofHours(1);
    private static final io.tributary.daemon.Backoff REFUSED =
            new io.tributary.daemon.Backoff(Duration.ofSeconds(5), Duration.ofMinutes(5));

    private final MonotonicClock clock;
    private final RandomGenerator random;
    private final Map<Kind, Account> accounts = new EnumMap<>(Kind.class);
    private long closedUntil;
    private int refusals;

    /** What is left of one limit. */
    private static final class Account {
        final long periodMs;
        final Deque<Long> sent = new ArrayDeque<>();
        long limit;
        long emptyUntil = Long.MIN_VALUE;
        long told = Long.MAX_VALUE;

        Account(long limit, Duration period) {
            this.limit = limit;
            this.periodMs = period.toMillis() + SLACK_MS;
        }

        long room(long now) {
            while (!sent.isEmpty() && sent.getFirst() <= now - periodMs) {
                sent.removeFirst();
            }
            return Math.max(0, Math.min(limit - sent.size(), told));
        }

        long pause(long now) {
            long room = room(now);
            if (now < emptyUntil) {
                return emptyUntil - now;
            }
            if (limit - sent.size() <= 0) {
                return sent.isEmpty() ? periodMs : sent.getFirst() + periodMs - now;
            }
            if (room > limit / 2 || sent.isEmpty()) {
                return 0;
            }
            return Math.max(0, sent.getLast() + periodMs / Math.max(1, limit) - now);
        }
    }

    RateLimiter(Limits limits, MonotonicClock clock, RandomGenerator random) {
        this.clock = clock;
        this.random = random;
        this.closedUntil = clock.millis();
        accounts.put(Kind.ANY, new Account(limits.requests(), limits.period()));
        accounts.put(Kind.PAGED, new Account(limits.pagedRequests(), limits.pagedPeriod()));
    }

    /**
     * What the instance allows until it says otherwise.
     *
     * @param requests      requests in a period
     * @param period        how long that is
     * @param pagedRequests requests with a cursor
     * @param pagedPeriod   the period for these
     */
    record Limits(long requests, Duration period, long pagedRequests, Duration pagedPeriod) {
        static final Limits MASTODON = new Limits(300, Duration.ofMinutes(5), 300, Duration.ofMinutes(15));
    }

    /** How long to wait before a request of this kind. */
    Duration untilAllowed(Kind kind) {
        long now = clock.millis();
        long wait = Math.max(0, closedUntil - now);
        wait = Math.max(wait, account(Kind.ANY).pause(now));
        if (kind == Kind.PAGED) {
            wait = Math.max(wait, account(Kind.PAGED).pause(now));
        }
        return Duration.ofMillis(wait);
    }

    /** A request of this kind goes out. */
    void sent(Kind kind) {
        long now = clock.millis();
        account(Kind.ANY).sent.addLast(now);
        if (kind == Kind.PAGED) {
            account(Kind.PAGED).sent.addLast(now);
        }
    }

    /** What the instance answered. */
    void answered(Kind kind, int status, AnswerHeaders headers, Instant wallClock) {
        long now = clock.millis();
        Account account = account(kind);
        headers.limit().ifPresent(limit -> account.limit = Math.max(1, Math.min(account.limit, limit)));
        account.told = headers.remaining().orElse(Long.MAX_VALUE);
        if (account.told <= 0) {
            Duration reset = headers.untilReset(wallClock).orElse(Duration.ofMillis(account.periodMs));
            account.emptyUntil = now + bounded(reset).toMillis() + 1;
        }
        if (status == 429) {
            refusals++;
            // Where something is left, it was another who refused: what stands before the instance.
            Duration away = headers.retryAfter(wallClock)
                    .or(() -> headers.remaining().orElse(0L) > 0 ? Optional.empty() : headers.untilReset(wallClock))
                    .orElse(REFUSED.delay(refusals, random));
            closedUntil = now + Math.max(bounded(away).toMillis(), 1_000) + random.nextLong(1_000);
        } else {
            refusals = 0;
        }
    }

    /** How many requests of this kind are left, as far as is known. */
    long room(Kind kind) {
        return account(kind).room(clock.millis());
    }

    private Account account(Kind kind) {
        return accounts.computeIfAbsent(kind, missing -> new Account(1, LONGEST));
    }

    private static Duration bounded(Duration wait) {
        return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
    }
}

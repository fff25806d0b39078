package io.tributary.producer.source.mastodon;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.daemon.Backoff;
import io.tributary.daemon.Failures;
import io.tributary.daemon.MonotonicClock;
import io.tributary.daemon.config.Secret;
import io.tributary.producer.source.mastodon.MastodonApi.Answer;
import io.tributary.producer.source.mastodon.wire.StreamMessage;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads one instance: verifies the token, asks what is allowed, then looks at timelines, closes gaps, and has streams
 * tended. One request at a time, none above the limit. Whatever goes wrong is told in one line, and tried again later,
 * from the verification on. Confined to the source's thread.
 */
final class InstanceReader implements Follower.Messages {
    private static final Logger LOG = LoggerFactory.getLogger(InstanceReader.class);
    private static final Backoff RETRY = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1));
    /** So many requests of a period are left to timelines. */
    private static final int RESERVE = 100;

    private static final Duration ASK_AGAIN = Duration.ofMinutes(5);
    /** The time that an answer names has no fraction, and what it shows is a little older. */
    private static final Duration MARGIN = Duration.ofSeconds(2);

    private final MastodonConfig.Instance config;
    private final Token tokenPlace;
    private final MastodonApi api;
    private final Inbox inbox;
    private final Judge judge;
    private final StatusReader statuses;
    private final RateLimiter limiter;
    private final MonotonicClock clock;
    private final InstantSource wallClock;
    private final MastodonMetrics metrics;
    private final List<Follower> followers = new ArrayList<>();
    private final Reconciler reconciler;

    private Step step = Step.VERIFY;
    private Optional<Secret> token = Optional.empty();
    private Optional<Access> access = Optional.empty();
    private boolean oldApi;
    private boolean asking;
    private int failures;
    private long nextAt;
    private long askAgainAt = Long.MAX_VALUE;
    private volatile long room;
    private volatile String trouble = "is being asked for the first time";

    private enum Step {
        VERIFY,
        DESCRIBE,
        READ
    }

    InstanceReader(
            MastodonConfig.Instance config,
            Token tokenPlace,
            Duration reconcileEvery,
            MastodonApi api,
            Inbox inbox,
            Judge judge,
            StatusReader statuses,
            RateLimiter limiter,
            MonotonicClock clock,
            InstantSource wallClock,
            MastodonMetrics metrics) {
        this.config = config;
        this.tokenPlace = tokenPlace;
        this.api = api;
        this.inbox = inbox;
        this.judge = judge;
        this.statuses = statuses;
        this.limiter = limiter;
        this.clock = clock;
        this.wallClock = wallClock;
        this.metrics = metrics;
        this.reconciler = new Reconciler(config.name(), config.url(), reconcileEvery, clock);
        this.nextAt = clock.millis();
        this.room = limiter.room(RateLimiter.Kind.ANY);
        metrics.room(config.name(), () -> (double) room);
    }

    void follow(Follower follower) {
        followers.add(follower);
    }

    List<Follower> followers() {
        return Collections.unmodifiableList(followers);
    }

    String name() {
        return config.name();
    }

    /** What keeps it from being read, on one line; empty if nothing does. Any thread. */
    String trouble() {
        String now = trouble;
        return now.isEmpty() ? now : config.name() + " " + now;
    }

    void close() {
        followers.forEach(follower -> follower.subscription().close());
    }

    /** Does what is due, as far as the limit allows. Returns at once. */
    void act() {
        long now = clock.millis();
        room = limiter.room(RateLimiter.Kind.ANY);
        tendStreams();
        if (now < nextAt || asking) {
            return;
        }
        if (now >= askAgainAt) {
            askAgainAt = Long.MAX_VALUE;
            step = Step.VERIFY;
        }
        switch (step) {
            case VERIFY -> verify();
            case DESCRIBE -> describe();
            case READ -> read(now);
        }
    }

    private void tendStreams() {
        if (token.isEmpty() || access.isEmpty() || config.streaming() == MastodonConfig.Streaming.OFF) {
            return;
        }
        for (Follower follower : followers) {
            follower.subscription().tend(follower.channel(), streamingHost(), token, config.streaming());
        }
    }

    /** The token goes to another host only if that belongs to the instance by its name, or the operator says so. */
    private URI streamingHost() {
        if (config.streamingUrl().isPresent()) {
            return config.streamingUrl().get();
        }
        String own = String.valueOf(config.url().getHost());
        boolean secure = "https".equals(config.url().getScheme());
        return access.flatMap(Access::streaming)
                .filter(said -> said.getHost().equals(own) || said.getHost().endsWith("." + own))
                .filter(said -> !secure || "wss".equals(said.getScheme()) || "https".equals(said.getScheme()))
                .orElse(config.url());
    }

    private void verify() {
        Optional<Secret> before = token;
        try {
            token = tokenPlace.read();
        } catch (IOException unreadable) {
            fail("cannot be asked: " + Failures.oneLine(unreadable));
            return;
        }
        if (!token.equals(before)) {
            close();
        }
        if (token.isEmpty()) {
            step = Step.DESCRIBE;
            return;
        }
        ask(RateLimiter.Kind.ANY, config.url().resolve("/api/v1/accounts/verify_credentials"), answer -> {
            // Some take a bad token for none, and answer everything else all the same.
            if (answer.status() == 200 && Words.json(answer).path("id").isValueNode()) {
                step = Step.DESCRIBE;
            } else if (answer.status() == 401
                    || answer.status() == 403
                    || answer.status() == 422
                    || answer.status() == 200) {
                fail("refuses the token (" + answer.status() + Words.said(answer) + "): put a valid one into the "
                        + tokenPlace.place());
            } else {
                fail(Words.unexpected("/api/v1/accounts/verify_credentials", answer));
            }
        });
    }

    private void describe() {
        String path = oldApi ? "/api/v1/instance" : "/api/v2/instance";
        ask(RateLimiter.Kind.ANY, config.url().resolve(path), answer -> {
            JsonNode json = Words.json(answer);
            if (answer.status() == 200 && (json.has("version") || json.has("configuration"))) {
                described(Access.read(json, config.timeline()));
            } else if (!oldApi && (answer.status() == 404 || answer.status() == 405)) {
                oldApi = true;
            } else if (answer.status() == 200 || answer.status() == 404) {
                oldApi = false;
                fail("does not speak Mastodon's API (" + path + " answered " + answer.status()
                        + (answer.status() == 200 ? " without what describes an instance" : "") + "): check the URL");
            } else {
                fail(Words.unexpected(path, answer));
            }
        });
    }

    private void described(Access described) {
        boolean news = !access.equals(Optional.of(described));
        access = Optional.of(described);
        step = Step.READ;
        boolean closed = false;
        for (Follower follower : followers) {
            follower.closed(Access.closed(
                    follower.channel().tag().isPresent() ? described.hashtags() : described.live(),
                    follower.channel().shown(),
                    token.isPresent()));
            closed |= follower.closed().isPresent();
        }
        if (closed) {
            askAgainAt = clock.millis() + ASK_AGAIN.toMillis();
        }
        if (news) {
            LOG.atInfo()
                    .addKeyValue("instance", config.name())
                    .addKeyValue("version", described.version())
                    .addKeyValue("allows", String.join("; ", described.remarks(token.isPresent())))
                    .log("connected");
        }
        if (closed) {
            settle();
        }
    }

    private void read(long now) {
        Optional<Follower> due = followers.stream()
                .filter(follower -> follower.lookAt() <= now)
                .min((left, right) -> Long.compare(left.lookAt(), right.lookAt()));
        if (due.isPresent() && allowed(RateLimiter.Kind.ANY)) {
            look(due.get());
            return;
        }
        Optional<Follower> open = followers.stream()
                .filter(follower -> follower.gap().isPresent())
                .findFirst();
        if (open.isPresent()) {
            Gap gap = open.get().gap().orElseThrow();
            if (allowed(kindOf(gap))) {
                // The next time another's turn.
                Collections.rotate(followers, -1 - followers.indexOf(open.get()));
                close(open.get(), gap);
            }
            return;
        }
        if (limiter.room(RateLimiter.Kind.ANY) > RESERVE && allowed(RateLimiter.Kind.ANY)) {
            reconciler
                    .next(judge.window())
                    .ifPresent(question -> ask(
                            RateLimiter.Kind.ANY,
                            question.address(),
                            answer -> judge.reconciled(config.name(), reconciler.read(question, answer))));
        }
    }

    private static RateLimiter.Kind kindOf(Gap gap) {
        return gap.cursor().isPresent() ? RateLimiter.Kind.PAGED : RateLimiter.Kind.ANY;
    }

    private boolean allowed(RateLimiter.Kind kind) {
        return limiter.untilAllowed(kind).isZero();
    }

    private void look(Follower follower) {
        Instant asked = wallClock.instant();
        follower.looking();
        ask(RateLimiter.Kind.ANY, follower.channel().page(config.url(), Optional.empty()), answer -> {
            Instant began = answer.headers()
                    .date()
                    .filter(date -> date.isBefore(asked))
                    .orElse(asked)
                    .minus(MARGIN);
            page(follower, answer).ifPresent(page -> follower.looked(page, began));
        });
    }

    private void close(Follower follower, Gap gap) {
        ask(
                kindOf(gap),
                follower.channel().page(config.url(), gap.cursor()),
                answer -> page(follower, answer).ifPresent(page -> follower.read(gap, page)));
    }

    private Optional<Page> page(Follower follower, Answer answer) {
        if (answer.status() != 200) {
            fail(Words.refusal(answer, "its " + follower.channel().shown(), token.isPresent()));
            return Optional.empty();
        }
        List<String> raw;
        try {
            raw = RawStatuses.of(answer.body());
        } catch (IOException noStatuses) {
            fail("answered something else than statuses for its "
                    + follower.channel().shown());
            return Optional.empty();
        }
        failures = 0;
        settle();
        List<String> ids = new ArrayList<>();
        List<Instant> times = new ArrayList<>();
        boolean news = false;
        for (int at = raw.size() - 1; at >= 0; at--) {
            Reading reading = statuses.read(raw.get(at));
            news |= judge.seen(config.name(), reading, raw.get(at), Judge.Origin.TIMELINE);
            if (!reading.id().isEmpty()) {
                ids.add(0, reading.id());
            }
            if (reading instanceof Reading.Status status) {
                times.add(status.created());
            }
        }
        return Optional.of(new Page(ids, times, news, answer.headers().nextCursor()));
    }

    @Override
    public void take(StreamMessage message) {
        switch (message.event()) {
            case "update" -> judge.seen(config.name(), message.payload(), Judge.Origin.STREAM_POST);
            case "status.update" -> judge.seen(config.name(), message.payload(), Judge.Origin.STREAM_EDIT);
            case "delete" -> {
                if (!message.payload().isBlank()) {
                    judge.deleted(config.name(), message.payload().strip());
                }
            }
            default -> LOG.atDebug().addKeyValue("event", message.event()).log("an event of no concern");
        }
    }

    /** Perhaps the token was revoked: where timelines are open to all, nothing else would tell. */
    @Override
    public void unauthorized() {
        askAgainAt = Math.min(askAgainAt, clock.millis());
    }

    private void ask(RateLimiter.Kind kind, URI address, Consumer<Answer> then) {
        Duration wait = limiter.untilAllowed(kind);
        if (!wait.isZero()) {
            nextAt = clock.millis() + wait.toMillis();
            return;
        }
        asking = true;
        limiter.sent(kind);
        api.get(
                address,
                token,
                answer -> inbox.put(() -> {
                    asking = false;
                    limiter.answered(kind, answer.status(), answer.headers(), wallClock.instant());
                    if (answer.status() == 429) {
                        metrics.rateRefused();
                        Duration away = limiter.untilAllowed(kind);
                        LOG.atWarn()
                                .addKeyValue("instance", config.name())
                                .addKeyValue("againInMs", away.toMillis())
                                .log("asked too often; waiting");
                        nextAt = clock.millis() + away.toMillis();
                        return;
                    }
                    then.accept(answer);
                }));
    }

    private void fail(String reason) {
        failures++;
        Duration wait = RETRY.delay(failures, RandomGenerator.getDefault());
        nextAt = clock.millis() + wait.toMillis();
        step = Step.VERIFY;
        followers.forEach(Follower::lookSoon);
        if (!reason.equals(trouble)) {
            LOG.atWarn().addKeyValue("againInMs", wait.toMillis()).log(config.name() + " " + reason);
        }
        trouble = reason;
    }

    /** Nothing is wrong with the instance; perhaps with one of its feeds. */
    private void settle() {
        String before = trouble;
        trouble = followers.stream()
                .flatMap(follower -> follower.closed().stream())
                .findFirst()
                .map(reason -> "cannot be read: " + reason)
                .orElse("");
        if (!trouble.isEmpty() && !trouble.equals(before)) {
            LOG.atWarn().log(config.name() + " " + trouble);
        } else if (trouble.isEmpty() && !before.isEmpty()) {
            LOG.atInfo().addKeyValue("instance", config.name()).log("reading");
        }
    }
}

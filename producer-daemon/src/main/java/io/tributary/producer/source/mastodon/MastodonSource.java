package io.tributary.producer.source.mastodon;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.daemon.MonotonicClock;
import io.tributary.producer.source.RecordLimits;
import io.tributary.producer.source.Source;
import io.tributary.producer.source.SourceException;
import io.tributary.producer.source.SourceProgress;
import io.tributary.producer.source.SourceState;
import io.tributary.producer.source.Yield;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Posts, edits and deletions of instances, until closed. All state is the reading thread's; requests and streams run on
 * the adapter's threads and leave what they bring in an inbox. The position holds how far each timeline is read, its
 * parts what was seen: both are committed with the records, so that going on anywhere else repeats and loses nothing.
 */
public final class MastodonSource implements Source {
    private static final Logger LOG = LoggerFactory.getLogger(MastodonSource.class);
    private static final int FORMAT = 1;
    private static final int MOST_ITEMS = 500;
    private static final long MOST_BYTES = 2 << 20;
    private static final long SAY_SO_MS = 10_000;

    private final MastodonConfig config;
    private final MastodonApi api;
    private final UnaryOperator<@Nullable String> environment;
    private final MonotonicClock clock;
    private final InstantSource wallClock;
    private final SourceProgress progress;
    private final MastodonMetrics metrics;
    private final Duration patience;
    private final StatusReader reader;
    private final Outbox outbox;
    private final Judge judge;
    private final Map<String, RateLimiter> limiters = new LinkedHashMap<>();
    private final Map<String, JsonNode> otherFeeds = new LinkedHashMap<>();

    private volatile List<InstanceReader> readers = List.of();
    private volatile Inbox inbox = new Inbox();
    private volatile boolean closed;
    private long saidAt;

    /**
     * A source that is yet to be resumed.
     *
     * @param api         belongs to it
     * @param environment gives the environment variables in which tokens are
     * @param patience    how long to wait for something to happen before saying that nothing did
     */
    public MastodonSource(
            MastodonConfig config,
            MastodonApi api,
            UnaryOperator<@Nullable String> environment,
            MonotonicClock clock,
            InstantSource wallClock,
            SourceProgress progress,
            MastodonMetrics metrics,
            Duration patience) {
        this.config = config;
        this.api = api;
        this.environment = environment;
        this.clock = clock;
        this.wallClock = wallClock;
        this.progress = progress;
        this.metrics = metrics;
        this.patience = patience;
        this.reader = new StatusReader(new StatusReader.Respect(config.discoverable(), config.indexable()));
        this.outbox = new Outbox(config.name(), metrics);
        this.judge = new Judge(reader, new Window(config.window()), outbox, wallClock, metrics);
        this.saidAt = clock.millis();
    }

    @Override
    public void resume(SourceState state, RecordLimits limits) throws SourceException {
        readers.forEach(InstanceReader::close);
        inbox.close();
        inbox = new Inbox();
        outbox.begin(limits);
        otherFeeds.clear();
        try {
            judge.remember(Window.restore(config.window(), state.parts()));
            readers = readers(state.position());
        } catch (IllegalArgumentException | java.time.DateTimeException notOurs) {
            throw new SourceException("source " + config.name() + ": " + notOurs.getMessage(), notOurs);
        }
        progress.begin(SourceProgress.Phase.WAITING, 0);
    }

    private List<InstanceReader> readers(JsonNode position) {
        int format = position.path("format").asInt(FORMAT);
        if (format != FORMAT) {
            throw new IllegalArgumentException("its position has format " + format + "; this version reads " + FORMAT);
        }
        position.path("feeds").properties().forEach(feed -> otherFeeds.put(feed.getKey(), feed.getValue()));
        List<InstanceReader> all = new ArrayList<>();
        for (MastodonConfig.Instance instance : config.instances()) {
            RateLimiter limiter = limiters.computeIfAbsent(
                    instance.name(),
                    name -> new RateLimiter(RateLimiter.Limits.MASTODON, clock, RandomGenerator.getDefault()));
            InstanceReader instanceReader = new InstanceReader(
                    instance,
                    new Token(instance.tokenEnv(), instance.tokenFile(), environment),
                    config.reconcileEvery(),
                    api,
                    inbox,
                    judge,
                    reader,
                    limiter,
                    clock,
                    wallClock,
                    metrics);
            if (instance.timeline() != MastodonConfig.Timeline.NONE) {
                follow(instanceReader, Channel.of(instance.timeline()));
            }
            instance.tags().forEach(tag -> follow(instanceReader, Channel.ofTag(tag)));
            all.add(instanceReader);
        }
        return List.copyOf(all);
    }

    private void follow(InstanceReader instance, Channel channel) {
        Feed.Overlap overlap = new Feed.Overlap(config.overlapTime(), config.overlapPages());
        JsonNode before = otherFeeds.remove(nameOf(instance, channel));
        Instant from = wallClock.instant().minus(config.since());
        Feed feed = before == null ? new Feed(overlap, from) : Feed.fromJson(overlap, before);
        instance.follow(new Follower(channel, feed, instance.name(), api, inbox, clock, config, metrics, instance));
    }

    private static String nameOf(InstanceReader instance, Channel channel) {
        return instance.name() + " " + channel.name();
    }

    @Override
    public Yield next() {
        Inbox current = inbox;
        readers.forEach(InstanceReader::act);
        Runnable work = current.take(patience);
        while (work != null && !closed) {
            work.run();
            readers.forEach(InstanceReader::act);
            work = outbox.size() < MOST_ITEMS && outbox.bytes() < MOST_BYTES ? current.take(Duration.ZERO) : null;
        }
        saySo();
        if (outbox.isEmpty()) {
            return new Yield.Idle();
        }
        SourceState after = state();
        long bytes = outbox.bytes();
        return new Yield.Chunk(outbox.take(), bytes, Optional.of(after));
    }

    private SourceState state() {
        ObjectNode position = JsonNodeFactory.instance.objectNode();
        position.put("format", FORMAT);
        ObjectNode feeds = position.putObject("feeds");
        otherFeeds.forEach(feeds::set);
        for (InstanceReader instance : readers) {
            for (Follower follower : instance.followers()) {
                feeds.set(nameOf(instance, follower.channel()), follower.feed().toJson());
            }
        }
        return new SourceState(position, judge.window().takeChanges());
    }

    private void saySo() {
        long now = clock.millis();
        metrics.windowSize(judge.window().size());
        if (now - saidAt < SAY_SO_MS) {
            return;
        }
        saidAt = now;
        int gaps = readers.stream()
                .flatMap(instance -> instance.followers().stream())
                .mapToInt(follower -> follower.feed().gaps())
                .sum();
        LOG.atInfo()
                .addKeyValue("seen", metrics.standing())
                .addKeyValue("remembered", judge.window().size())
                .addKeyValue("gaps", gaps)
                .log("progress");
    }

    @Override
    public String trouble() {
        return readers.stream()
                .map(InstanceReader::trouble)
                .filter(trouble -> !trouble.isEmpty())
                .collect(Collectors.joining("; "));
    }

    @Override
    public List<String> leftOut() {
        return List.of();
    }

    @Override
    public void close() {
        closed = true;
        inbox.close();
        api.close();
    }
}

package io.tributary.producer.source.mastodon;

import io.tributary.daemon.MonotonicClock;
import io.tributary.daemon.metrics.Metrics;
import io.tributary.producer.source.SourceException;
import io.tributary.producer.source.SourceProgress;
import io.tributary.producer.source.Yield;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;

/** A source in real time, whose yields are committed as they come. Confined to one thread. */
final class Pumped implements AutoCloseable {
    private final MastodonSource source;
    private final Committed committed = new Committed();

    Pumped(MastodonConfig config, MastodonApi api) throws SourceException {
        source = new MastodonSource(
                config,
                api,
                name -> Follows.TOKEN,
                MonotonicClock.system(),
                Clock.systemUTC(),
                new SourceProgress(),
                new MastodonMetrics(new Metrics(), Clock.systemUTC()),
                Duration.ofMillis(20));
        committed.resume(source);
    }

    void until(BooleanSupplier condition) {
        Awaitility.await()
                .pollInSameThread()
                .pollInterval(Duration.ofMillis(1))
                .atMost(Duration.ofSeconds(60))
                .until(() -> {
                    if (source.next() instanceof Yield.Chunk chunk) {
                        committed.commit(chunk);
                    }
                    return condition.getAsBoolean();
                });
    }

    Set<String> uris() {
        return committed.rows().keySet();
    }

    Committed committed() {
        return committed;
    }

    String trouble() {
        return source.trouble();
    }

    @Override
    public void close() {
        source.close();
    }
}

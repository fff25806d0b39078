package io.tributary.producer.source.mastodon;

import io.tributary.daemon.metrics.Metrics;
import io.tributary.producer.source.SourceProgress;
import io.tributary.testing.ManualClock;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Configurations and sources for tests. */
final class Follows {
    static final String TOKEN = "secret-token";

    private Follows() {}

    static MastodonConfig.Instance instance(String url, boolean token) {
        return new MastodonConfig.Instance(
                URI.create(url),
                MastodonConfig.Timeline.PUBLIC,
                List.of(),
                MastodonConfig.Streaming.AUTO,
                Optional.empty(),
                token ? Optional.of("TOKEN") : Optional.empty(),
                Optional.empty());
    }

    static MastodonConfig config(MastodonConfig.Instance... instances) {
        return config(20_000, instances);
    }

    static MastodonConfig config(int window, MastodonConfig.Instance... instances) {
        return new MastodonConfig(
                "test",
                List.of(instances),
                Duration.ofSeconds(15),
                Duration.ofSeconds(60),
                Duration.ofHours(1),
                Duration.ofMinutes(2),
                2,
                window,
                Duration.ofSeconds(75),
                Duration.ofMinutes(10),
                true,
                true,
                new MastodonConfig.Client("test", Optional.empty(), Optional.empty(), Duration.ofSeconds(5)));
    }

    static MastodonSource source(MastodonConfig config, MastodonApi api, ManualClock clock, Duration patience) {
        return new MastodonSource(
                config,
                api,
                name -> TOKEN,
                clock::nanos,
                clock,
                new SourceProgress(),
                new MastodonMetrics(new Metrics(), clock),
                patience);
    }
}

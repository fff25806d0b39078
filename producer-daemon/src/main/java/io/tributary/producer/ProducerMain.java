package io.tributary.producer;

import io.tributary.aws.CloudWatchReporting;
import io.tributary.daemon.Backoff;
import io.tributary.daemon.Daemon;
import io.tributary.daemon.DaemonProgram;
import io.tributary.daemon.MainProgram;
import io.tributary.daemon.MonotonicClock;
import io.tributary.daemon.ProcessGauges;
import io.tributary.daemon.UsageException;
import io.tributary.daemon.health.HealthServer;
import io.tributary.daemon.metrics.catalog.Program;
import io.tributary.daemon.systemd.ServiceManager;
import io.tributary.producer.sink.kafka.KafkaRecordSink;
import io.tributary.producer.source.Source;
import io.tributary.producer.source.SourceException;
import io.tributary.producer.source.SourceProgress;
import io.tributary.producer.source.dataset.DatasetSource;
import io.tributary.producer.source.dataset.file.FileStore;
import io.tributary.producer.source.dataset.file.LocalFiles;
import io.tributary.producer.source.dataset.file.S3Files;
import io.tributary.producer.source.dataset.file.Stores;
import io.tributary.producer.source.mastodon.MastodonConfig;
import io.tributary.producer.source.mastodon.MastodonMetrics;
import io.tributary.producer.source.mastodon.MastodonSource;
import io.tributary.producer.source.mastodon.http.HttpApi;
import io.tributary.producer.source.rejects.RejectsSource;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.S3Client;

/** The producer daemon's {@code main}, and the one place that wires it. */
public final class ProducerMain {
    private static final Logger LOG = LoggerFactory.getLogger(ProducerMain.class);
    private static final String NAME = "producer-daemon";
    private static final Duration FOLLOW_EVERY = Duration.ofSeconds(1);
    private static final Backoff SINK_RETRY = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(10));
    /** How long a source that waits for news waits before it looks around. */
    private static final Duration PATIENCE = Duration.ofMillis(100);

    private static final int S3_CONNECTIONS = 4;
    private static final int S3_RETRIES = 4;

    private ProducerMain() {}

    public static void main(String[] args) {
        MainProgram.run(
                NAME,
                () -> DaemonProgram.run(
                        NAME,
                        "Publishes records from a source to Kafka, each exactly once.",
                        args,
                        ProducerConfig::read,
                        ProducerMain::compose));
    }

    private static Daemon compose(ProducerConfig config) throws UsageException, SourceException {
        StopSignal stop = new StopSignal();
        SourceProgress progress = new SourceProgress();
        Optional<S3Client> s3 = config.dataset().paths().stream().anyMatch(path -> path.startsWith(S3Files.SCHEME))
                ? Optional.of(config.s3().client(S3_CONNECTIONS, S3_RETRIES))
                : Optional.empty();
        FileStore files = new Stores(new LocalFiles(), s3.map(S3Files::new));
        ProducerMetrics metrics = new ProducerMetrics(progress);
        MonotonicClock clock = MonotonicClock.system();
        Source source;
        try {
            source = source(config, files, progress, stop, metrics, clock);
        } catch (SourceException impossible) {
            if (impossible.mayPass()) {
                throw impossible;
            }
            throw new UsageException(String.valueOf(impossible.getMessage()), impossible);
        }
        String name = config.dataset().name();
        KafkaRecordSink sink = new KafkaRecordSink(config.kafka(), name, config.topic(), clock);
        ProducerDaemon.Settings settings =
                new ProducerDaemon.Settings(name, config.batch(), config.maxRate(), SINK_RETRY);
        ProducerDaemon daemon = new ProducerDaemon(settings, source, sink, progress, metrics, clock, stop);
        ProcessGauges.register(metrics.registry(), daemon::ready);
        ServiceManager manager = ServiceManager.open(System.getenv(), daemon::live, daemon::ready);
        return new Served(daemon, config, metrics, manager, () -> {
            manager.close();
            sink.close();
            s3.ifPresent(S3Client::close);
        });
    }

    /** The source, once it is known that there may be something to publish. */
    private static Source source(
            ProducerConfig config,
            FileStore files,
            SourceProgress progress,
            StopSignal stop,
            ProducerMetrics metrics,
            MonotonicClock clock)
            throws SourceException {
        return switch (config.type()) {
            case DATASET -> {
                DatasetSource dataset =
                        new DatasetSource(config.dataset(), files, progress, () -> stop.await(FOLLOW_EVERY));
                dataset.check();
                yield dataset;
            }
            case REJECTS -> {
                RejectsSource rejects = new RejectsSource(
                        config.dataset().name(),
                        config.topic(),
                        config.dataset().paths(),
                        files,
                        progress);
                rejects.check();
                yield rejects;
            }
            case MASTODON -> follow(config.mastodon().orElseThrow(), progress, metrics, clock);
        };
    }

    private static Source follow(
            MastodonConfig config, SourceProgress progress, ProducerMetrics metrics, MonotonicClock clock)
            throws SourceException {
        InstantSource wallClock = Clock.systemUTC();
        try {
            return new MastodonSource(
                    config,
                    new HttpApi(config.client()),
                    System::getenv,
                    clock,
                    wallClock,
                    progress,
                    new MastodonMetrics(metrics.registry(), wallClock),
                    PATIENCE);
        } catch (IOException noCertificates) {
            throw new SourceException(String.valueOf(noCertificates.getMessage()), noCertificates);
        }
    }

    /** The daemon with what begins and ends with it: health, metrics, clients. */
    private record Served(
            ProducerDaemon daemon,
            ProducerConfig config,
            ProducerMetrics metrics,
            ServiceManager manager,
            Runnable release)
            implements Daemon {
        @Override
        public void run() throws Exception {
            try (HealthServer health = serve();
                    CloudWatchReporting.Running reporting = CloudWatchReporting.start(
                            config.cloudWatch(),
                            Program.PRODUCER,
                            List.of(config.topic()),
                            metrics.registry(),
                            InstantSource.system())) {
                LOG.atInfo().addKeyValue("port", health.port()).log("serving health and metrics");
                manager.started();
                daemon.run();
            } finally {
                release.run();
            }
        }

        @Override
        public void stop() {
            manager.stopping();
            daemon.stop();
        }

        private HealthServer serve() throws UsageException {
            try {
                return HealthServer.start(config.healthPort(), daemon::live, daemon::ready, metrics::prometheus);
            } catch (IOException portTaken) {
                throw new UsageException(String.valueOf(portTaken.getMessage()), portTaken);
            }
        }
    }
}

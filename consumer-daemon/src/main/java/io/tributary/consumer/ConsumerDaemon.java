package io.tributary.consumer;

import io.tributary.consumer.config.ConsumerConfig;
import io.tributary.consumer.kafka.KafkaConnection;
import io.tributary.consumer.kafka.KafkaReader;
import io.tributary.consumer.metrics.ConsumerMetrics;
import io.tributary.consumer.store.FollowingStore;
import io.tributary.consumer.store.StagingStore;
import io.tributary.consumer.store.StoreException;
import io.tributary.consumer.store.s3.S3StagingStore;
import io.tributary.daemon.Daemon;
import io.tributary.daemon.Failures;
import io.tributary.daemon.MonotonicClock;
import io.tributary.daemon.health.Health;
import io.tributary.daemon.health.HealthServer;
import io.tributary.daemon.metrics.Metrics;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.S3Client;

/** The consumer daemon, composed: the only place that knows all parts. */
final class ConsumerDaemon implements Daemon {
    private static final Logger LOG = LoggerFactory.getLogger(ConsumerDaemon.class);
    /** The SDK must not try again by itself, or our own creation would look foreign. */
    private static final int NO_RETRIES = 0;

    private final ConsumerConfig config;
    private final ConsumerMetrics metrics = new ConsumerMetrics(new Metrics());
    private volatile @Nullable KafkaReader reader;
    private volatile boolean stopping;

    ConsumerDaemon(ConsumerConfig config) {
        this.config = config;
    }

    @Override
    public void run() throws Exception {
        try (HealthServer health = HealthServer.start(
                config.healthPort(),
                () -> ask(KafkaReader::live, Health.good("starting")),
                () -> ask(KafkaReader::ready, Health.bad("starting")),
                metrics::prometheus)) {
            LOG.atInfo()
                    .addKeyValue("healthPort", health.port())
                    .addKeyValue("topics", config.group().topics())
                    .addKeyValue("group", config.group().group())
                    .addKeyValue("instance", config.group().instanceId())
                    .addKeyValue("bucket", config.staging().bucket())
                    .log("starting");
            read();
        } catch (Exception failure) {
            if (!stopping || reader != null) {
                throw failure;
            }
            // Told to stop, it need not find out any more whether Kafka and the store answer.
            LOG.atInfo().addKeyValue("reason", Failures.oneLine(failure)).log("stopped before it had begun to read");
        }
    }

    @Override
    public void stop() {
        stopping = true;
        ask(
                running -> {
                    running.stop();
                    return true;
                },
                false);
    }

    /** After a kill every moment counts: the store is opened while Kafka is. */
    private void read() throws Exception {
        FutureTask<S3Client> opening = new FutureTask<>(this::openStore);
        Thread opener = new Thread(opening, "store-opener");
        opener.setDaemon(true);
        opener.start();
        try (KafkaConnection kafka = KafkaConnection.open(config.group())) {
            kafka.check();
            try (S3Client s3 = await(opening)) {
                KafkaReader created = new KafkaReader(config, kafka, store(s3), metrics, MonotonicClock.system());
                reader = created;
                if (stopping) {
                    created.stop();
                }
                created.run();
            }
        }
    }

    private <T> T ask(Function<KafkaReader, T> question, T otherwise) {
        KafkaReader running = reader;
        return running == null ? otherwise : question.apply(running);
    }

    private StagingStore store(S3Client s3) {
        return new FollowingStore(
                config.staging().prefix(),
                prefix -> new S3StagingStore(s3, config.staging().bucket(), prefix),
                (chain, path) -> LOG.atInfo()
                        .addKeyValue("chain", chain)
                        .addKeyValue("generation", path.prefix())
                        .addKeyValue("since", path.since())
                        .log("the chain goes on in another generation; following it"));
    }

    /** At the start a store that cannot be used is a mistake to be told at once; later it is waited for. */
    private S3Client openStore() throws StoreException {
        S3Client s3 = config.s3().client(config.staging().uploads(), NO_RETRIES);
        try {
            store(s3).check();
        } catch (StoreException first) {
            if (first.isRefused()) {
                throw first;
            }
            LOG.atWarn().addKeyValue("reason", first.getMessage()).log("the store does not answer; asking once more");
            store(s3).check();
        }
        return s3;
    }

    private static <T> T await(FutureTask<T> task) throws Exception {
        try {
            return task.get();
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof Exception cause) {
                throw cause;
            }
            throw failure;
        }
    }
}

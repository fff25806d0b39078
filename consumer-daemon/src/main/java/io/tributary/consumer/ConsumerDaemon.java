package io.tributary.consumer;

import io.tributary.consumer.config.ConsumerConfig;
import io.tributary.consumer.kafka.KafkaReader;
import io.tributary.consumer.metrics.ConsumerMetrics;
import io.tributary.consumer.store.StagingStore;
import io.tributary.consumer.store.StoreException;
import io.tributary.consumer.store.s3.S3StagingStore;
import io.tributary.daemon.Daemon;
import io.tributary.daemon.MonotonicClock;
import io.tributary.daemon.health.HealthServer;
import io.tributary.daemon.metrics.Metrics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.S3Client;

/** The consumer daemon, composed: the only place that knows all parts. */
final class ConsumerDaemon implements Daemon {
    private static final Logger LOG = LoggerFactory.getLogger(ConsumerDaemon.class);
    /** Recovery and uploads share the connections; the SDK must not retry, or our own creation would look foreign. */
    private static final int NO_RETRIES = 0;

    private final ConsumerConfig config;
    private final S3Client s3;
    private final StagingStore store;
    private final ConsumerMetrics metrics;
    private final KafkaReader reader;

    ConsumerDaemon(ConsumerConfig config) {
        this.config = config;
        s3 = config.s3().client(config.staging().uploads(), NO_RETRIES);
        store = new S3StagingStore(
                s3, config.staging().bucket(), config.staging().prefix());
        metrics = new ConsumerMetrics(new Metrics());
        reader = new KafkaReader(config, store, metrics, MonotonicClock.system());
    }

    @Override
    public void run() throws Exception {
        try (S3Client closing = s3;
                HealthServer health =
                        HealthServer.start(config.healthPort(), reader::live, reader::ready, metrics::prometheus)) {
            LOG.atInfo()
                    .addKeyValue("healthPort", health.port())
                    .addKeyValue("topics", config.group().topics())
                    .addKeyValue("group", config.group().group())
                    .addKeyValue("instance", config.group().instanceId())
                    .addKeyValue("bucket", config.staging().bucket())
                    .log("starting");
            checkStore();
            reader.check();
            reader.run();
        }
    }

    @Override
    public void stop() {
        reader.stop();
    }

    /** At the start a store that cannot be used is a mistake to be told at once; later it is waited for. */
    private void checkStore() throws StoreException {
        try {
            store.check();
        } catch (StoreException first) {
            if (first.isRefused()) {
                throw first;
            }
            LOG.atWarn().addKeyValue("reason", first.getMessage()).log("the store does not answer; asking once more");
            store.check();
        }
    }
}

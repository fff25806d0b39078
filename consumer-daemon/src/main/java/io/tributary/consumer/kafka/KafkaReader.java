package io.tributary.consumer.kafka;

import io.tributary.consumer.chain.RollPolicy;
import io.tributary.consumer.config.ConsumerConfig;
import io.tributary.consumer.config.GroupConfig;
import io.tributary.consumer.encode.BufferBudget;
import io.tributary.consumer.encode.EncoderPool;
import io.tributary.consumer.metrics.ConsumerMetrics;
import io.tributary.consumer.store.StagingStore;
import io.tributary.consumer.upload.Retrier;
import io.tributary.consumer.upload.UploadHealth;
import io.tributary.consumer.upload.Uploader;
import io.tributary.daemon.Backoff;
import io.tributary.daemon.MonotonicClock;
import io.tributary.daemon.health.Health;
import io.tributary.daemon.metrics.catalog.ConsumerMetric;
import io.tributary.staging.Compression;
import java.time.Duration;
import java.util.UUID;
import org.apache.kafka.clients.consumer.Consumer;

/**
 * Everything between Kafka and a staging store, wired together. {@link #run()} is called once, by the thread that becomes
 * the poll thread; the rest may be called by any thread.
 */
public final class KafkaReader {
    /** Single failures are everyday on S3; they are counted, and no reason to call a process not ready. */
    private static final Duration TOLERATED = Duration.ofSeconds(5);

    private static final double PERCENT = 100;
    private static final double MILLIS_PER_SECOND = 1000;
    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5));

    private final EncoderPool encoders;
    private final Retrier retrier;
    private final ReaderStatus status;
    private final PollAgent agent;

    /**
     * Wires the parts.
     *
     * @param kafka its clients; the consumer is closed by {@link #run()}, the rest is not owned
     * @param store where links go; not owned
     */
    public KafkaReader(
            ConsumerConfig config,
            KafkaConnection kafka,
            StagingStore store,
            ConsumerMetrics metrics,
            MonotonicClock clock) {
        GroupConfig group = config.group();
        ClusterFacts cluster = kafka.facts();
        Mailbox mailbox = new Mailbox();
        UploadHealth health = new UploadHealth(clock, TOLERATED);
        BufferBudget budget = new BufferBudget(config.maxBuffered());
        int level = config.staging().level();
        boolean gzip = config.staging().compression() == Compression.GZIP;
        int threads = config.staging().encoders() == 0
                ? Runtime.getRuntime().availableProcessors()
                : config.staging().encoders();
        encoders = EncoderPool.start(threads, gzip ? level : 1, gzip ? 1 : level, mailbox::fail, clock);
        retrier = new Retrier(config.staging().uploads(), BACKOFF, health, metrics::retried, mailbox::fail);
        Uploader uploader = new Uploader(store, new TopicIds(cluster::topicIds, clock), retrier);
        RollPolicy roll = config.roll();
        WriterSetup setup = new WriterSetup(
                roll,
                config.staging().compression(),
                group.instanceId() + "/" + UUID.randomUUID(),
                encoders,
                budget,
                uploader,
                mailbox,
                metrics,
                clock);
        status = new ReaderStatus(clock, health, mailbox::failure, encoders::stuck, config.stuckAfter());
        Consumer<byte[], byte[]> consumer = kafka.consumer();
        Commits commits = new Commits(consumer);
        Partitions partitions = new Partitions(
                consumer, setup, new ChainRecovery(cluster, store, retrier), commits, config.onExpired());
        agent = new PollAgent(consumer, group, partitions, commits, setup, status);
        gauges(metrics, budget, health);
    }

    /** Reads until stopped or until it cannot go on. */
    public void run() throws InterruptedException {
        try {
            agent.run();
        } finally {
            retrier.close();
            encoders.close();
        }
    }

    /** Asks {@link #run()} to write what it holds and return. */
    public void stop() {
        agent.stop();
    }

    /** Whether the process is worth keeping. */
    public Health live() {
        return status.live();
    }

    /** Whether it makes progress. */
    public Health ready() {
        return status.ready();
    }

    private void gauges(ConsumerMetrics metrics, BufferBudget budget, UploadHealth health) {
        metrics.gauge(ConsumerMetric.BUFFERED, budget::held);
        metrics.gauge(ConsumerMetric.BUFFER_LIMIT, budget::limit);
        metrics.gauge(ConsumerMetric.BUFFER_USED, () -> PERCENT * budget.held() / budget.limit());
        metrics.gauge(ConsumerMetric.FAILING, health::count);
        metrics.gauge(ConsumerMetric.ASSIGNED, () -> status.latest().assigned());
        metrics.gauge(ConsumerMetric.RECOVERING, () -> status.latest().recovering());
        metrics.gauge(ConsumerMetric.PAUSED, () -> status.latest().paused());
        metrics.gauge(ConsumerMetric.UNKNOWN_LAG, () -> status.latest().unknown());
        metrics.gauge(ConsumerMetric.STALLED, () -> status.millisSinceProgress() / MILLIS_PER_SECOND);
    }
}

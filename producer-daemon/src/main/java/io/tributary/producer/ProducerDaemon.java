package io.tributary.producer;

import io.tributary.daemon.Backoff;
import io.tributary.daemon.Daemon;
import io.tributary.daemon.Failures;
import io.tributary.daemon.MonotonicClock;
import io.tributary.daemon.health.Health;
import io.tributary.producer.sink.RecordSink;
import io.tributary.producer.sink.SinkException;
import io.tributary.producer.sink.SinkException.Remedy;
import io.tributary.producer.sink.SinkSession;
import io.tributary.producer.source.Source;
import io.tributary.producer.source.SourceException;
import io.tributary.producer.source.SourceProgress;
import io.tributary.producer.source.SourceProgress.Phase;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes a source until it ends or the process is told to stop. Whenever a session with the sink fails, it opens
 * another one, which tells what was committed, and has the source go on from there. The main thread owns the session; the
 * source is read by a thread of its own; {@link #stop} and the health questions come from others.
 */
final class ProducerDaemon implements Daemon {
    private static final Logger LOG = LoggerFactory.getLogger(ProducerDaemon.class);
    private static final int MOST_FAILURES = 8;
    private static final Duration GRACE = Duration.ofSeconds(5);
    private static final long STALE_MS = 30_000;

    private final Source source;
    private final RecordSink sink;
    private final SourceProgress progress;
    private final ProducerMetrics metrics;
    private final Settings settings;
    private final MonotonicClock clock;
    private final StopSignal stop;
    private final ProgressLog log;
    private final Vitals vitals;

    private final CountDownLatch ended = new CountDownLatch(1);

    private volatile String trouble = "not connected yet";
    private volatile long movedAt;
    private long movedRecords;
    private long movedBytes;

    /**
     * What the operator decided.
     *
     * @param name    the source's name
     * @param bounds  when to commit
     * @param maxRate records per second; 0 for no limit
     * @param retry   how long to wait before another session
     */
    record Settings(String name, BatchBounds bounds, long maxRate, Backoff retry) {}

    ProducerDaemon(
            Settings settings,
            Source source,
            RecordSink sink,
            SourceProgress progress,
            ProducerMetrics metrics,
            MonotonicClock clock,
            StopSignal stop) {
        this.settings = settings;
        this.source = source;
        this.sink = sink;
        this.progress = progress;
        this.metrics = metrics;
        this.clock = clock;
        this.stop = stop;
        this.log = new ProgressLog(progress, metrics, clock);
        this.movedAt = clock.millis();
        this.vitals = new Vitals(
                clock,
                () -> progress.done() + progress.total() + progress.phase().number());
        metrics.stalled(this::stalledMillis);
    }

    @Override
    public void run() throws SinkException, SourceException {
        try {
            publishUntilDone();
        } finally {
            ended.countDown();
        }
    }

    private void publishUntilDone() throws SinkException, SourceException {
        int failures = 0;
        while (!stop.isStopped()) {
            long before = metrics.records() + metrics.rejects();
            try {
                publish();
                break;
            } catch (SinkException failed) {
                if (stop.isStopped()) {
                    LOG.atInfo().addKeyValue("reason", Failures.oneLine(failed)).log("stopped without the open batch");
                    return;
                }
                failures = metrics.records() + metrics.rejects() > before ? 1 : failures + 1;
                if (failed.remedy() == Remedy.NONE || (failed.remedy() == Remedy.REOPEN && failures >= MOST_FAILURES)) {
                    throw failed;
                }
                trouble = Failures.oneLine(failed);
                Duration wait = settings.retry().delay(failures, RandomGenerator.getDefault());
                LOG.atWarn()
                        .addKeyValue("reason", trouble)
                        .addKeyValue("againInMs", wait.toMillis())
                        .log("publishing begins anew from the last committed position");
                metrics.restarted();
                stop.await(wait);
            }
        }
        finish();
    }

    @Override
    public void stop() {
        stop.stop();
        source.close();
        Thread guard = new Thread(this::abandonLate, "producer-stop-guard");
        guard.setDaemon(true);
        guard.start();
    }

    /** Whether the process is worth keeping: what it does itself, not what it waits for. Any thread. */
    Health live() {
        return vitals.live();
    }

    /** Whether it makes progress. Any thread. */
    Health ready() {
        String reason = trouble.isEmpty() ? source.trouble() : trouble;
        if (!reason.isEmpty()) {
            return Health.bad(reason);
        }
        long still = stalledMillis();
        if (still > STALE_MS) {
            return Health.bad("nothing was read or committed for " + still / 1000 + " s");
        }
        Phase phase = progress.phase();
        List<String> leftOut = source.leftOut();
        return Health.good(phase.name().toLowerCase(Locale.ROOT) + ", " + metrics.records() + " records committed"
                + (leftOut.isEmpty() ? "" : ", left out: " + String.join("; ", leftOut)));
    }

    /** How long nothing was read or committed, with something to do. */
    private long stalledMillis() {
        Phase phase = progress.phase();
        return phase == Phase.WAITING || phase == Phase.DONE ? 0 : clock.millis() - movedAt;
    }

    private void publish() throws SinkException, SourceException {
        vitals.publisher().beat(Vitals.ELSEWHERE);
        try (SinkSession session = sink.open()) {
            trouble = "";
            source.resume(session.committed(), session.limits());
            Publisher publisher = new Publisher(
                    session,
                    settings.bounds(),
                    new Pacer(settings.maxRate(), clock),
                    clock,
                    metrics,
                    stop,
                    this::tick,
                    vitals.publisher());
            try (Prefetch prefetch = Prefetch.start(source, "source-" + settings.name(), stop, vitals.reader())) {
                publisher.run(prefetch);
            }
        }
    }

    private void tick() {
        long records = metrics.records();
        long bytes = progress.done();
        if (records != movedRecords || bytes != movedBytes) {
            movedRecords = records;
            movedBytes = bytes;
            movedAt = clock.millis();
        }
        log.tick();
    }

    private void finish() throws SourceException {
        System.out.println("published " + metrics.records() + " records, " + metrics.rejects() + " rejects"
                + (progress.files() == 0 ? "" : " of " + progress.files() + " files"));
        if (!source.leftOut().isEmpty() && !stop.isStopped()) {
            throw new SourceException(source.complaint(progress.files()));
        }
    }

    /** A sink that does not answer must not keep the process. */
    private void abandonLate() {
        try {
            if (!ended.await(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
                sink.abandon();
            }
        } catch (InterruptedException nobodyInterruptsIt) {
            Thread.currentThread().interrupt();
        }
    }
}

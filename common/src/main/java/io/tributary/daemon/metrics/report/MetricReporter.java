package io.tributary.daemon.metrics.report;

import io.tributary.daemon.Failures;
import io.tributary.daemon.metrics.Counter;
import io.tributary.daemon.metrics.MetricSpec;
import io.tributary.daemon.metrics.Metrics;
import io.tributary.daemon.metrics.catalog.ProcessMetric;
import io.tributary.daemon.metrics.report.Datum.Statistics;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends a program's metrics period by period, on one thread of its own, which alone looks at gauges, keeps the backlog
 * and waits for answers. Nobody ever waits for it but {@link #close}, and that for a bounded time. While there is no
 * answer, periods wait with their own time; what has waited too long, or is refused, is dropped, counted and logged. An
 * answer that is lost makes its datums be sent again: they may count twice, which is rarer and better than not at all.
 */
public final class MetricReporter implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MetricReporter.class);
    private static final int LOOKS = 12;
    private static final Duration SHORTEST_LOOK = Duration.ofMillis(100);

    private final Settings settings;
    private final MetricSink sink;
    private final InstantSource time;
    private final Period period;
    private final Backlog backlog;
    private final Counter sent;
    private final Counter dropped;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Thread thread;
    private Instant began;
    private long failures;

    /**
     * What the operator decided.
     *
     * @param period  how long a period is
     * @param backlog how long a period waits for an answer, at most
     * @param farewell how long {@link MetricReporter#close} may take to send the last period
     */
    public record Settings(Duration period, Duration backlog, Duration farewell) {}

    MetricReporter(Settings settings, Metrics metrics, List<MetricSpec> specs, MetricSink sink, InstantSource time) {
        this.settings = settings;
        this.sink = sink;
        this.time = time;
        this.period = new Period(metrics, specs);
        this.backlog = new Backlog(settings.backlog());
        this.sent = metrics.counter(ProcessMetric.DATUMS_SENT);
        this.dropped = metrics.counter(ProcessMetric.DATUMS_DROPPED);
        metrics.gauge(ProcessMetric.DATUMS_WAITING, backlog::size);
        this.began = beginOf(time.instant());
        this.thread = new Thread(this::run, "metrics");
        this.thread.setDaemon(true);
    }

    /**
     * Starts sending.
     *
     * @param metrics what is counted
     * @param specs   what of it to send
     * @param sink    where to; closed by {@link #close}
     */
    public static MetricReporter start(
            Settings settings, Metrics metrics, List<MetricSpec> specs, MetricSink sink, InstantSource time) {
        MetricReporter reporter = new MetricReporter(settings, metrics, specs, sink, time);
        reporter.thread.start();
        return reporter;
    }

    /** Sends the period that is under way and what waits, as far as that is possible in the time that there is. */
    @Override
    public void close() {
        stopped.countDown();
        try {
            thread.join(settings.farewell().toMillis());
            if (thread.isAlive()) {
                thread.interrupt();
            }
        } catch (InterruptedException wokenEarly) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
        if (backlog.size() > 0 || thread.isAlive()) {
            LOG.atWarn().addKeyValue("datums", backlog.size()).log("metrics were not sent before the end");
        }
        sink.close();
    }

    private void run() {
        Duration pause = settings.period().dividedBy(LOOKS);
        long millis = Math.max(SHORTEST_LOOK.toMillis(), pause.toMillis());
        try {
            do {
                carefully(this::turn);
            } while (!stopped.await(millis, TimeUnit.MILLISECONDS));
            carefully(this::end);
        } catch (InterruptedException abandoned) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whatever goes wrong with metrics must not end a program that works. */
    private static void carefully(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException mistake) {
            LOG.atError().setCause(mistake).log("metrics could not be gathered or sent this time");
        }
    }

    /** Looks, and sends when a period is over. */
    void turn() {
        Instant now = beginOf(time.instant());
        if (!now.equals(began)) {
            end();
            began = now;
        }
        period.look();
    }

    /** Ends the period, however short, which also tells what is dropped just before, and sends it and what waits. */
    void end() {
        List<Datum> old = backlog.trim(time.instant());
        if (!old.isEmpty()) {
            drop(old, "they waited for longer than cloudwatch.backlog");
        }
        backlog.add(period.end(began));
        for (List<Datum> request : Requests.of(backlog.all())) {
            try {
                put(request);
            } catch (MetricSinkException unavailable) {
                waiting(unavailable);
                return;
            }
        }
        if (failures > 0) {
            LOG.atInfo().addKeyValue("failures", failures).log("metrics are taken again");
            failures = 0;
        }
    }

    /** The oldest datums. One that is refused must not keep the others from being taken. */
    private void put(List<Datum> datums) throws MetricSinkException {
        try {
            sink.put(datums);
            backlog.settled(datums.size());
            sent.add(datums.size());
        } catch (MetricSinkException failed) {
            if (!failed.isRefused()) {
                throw failed;
            }
            if (datums.size() == 1) {
                backlog.settled(1);
                drop(datums, datums.get(0).name() + " was refused: " + Failures.oneLine(failed));
                return;
            }
            put(datums.subList(0, datums.size() / 2));
            put(datums.subList(datums.size() / 2, datums.size()));
        }
    }

    private void waiting(MetricSinkException unavailable) {
        failures++;
        if (failures == 1) {
            LOG.atWarn()
                    .addKeyValue("reason", Failures.oneLine(unavailable))
                    .addKeyValue("datums", backlog.size())
                    .log("metrics are not taken; they wait, and nothing else does");
        }
    }

    private void drop(List<Datum> datums, String reason) {
        dropped.add(datums.size());
        datums.forEach(this::tellAgain);
        LOG.atWarn()
                .addKeyValue("datums", datums.size())
                .addKeyValue("reason", reason)
                .log("metrics were dropped");
    }

    /** How many were dropped must not be lost with a datum that is dropped itself. */
    private void tellAgain(Datum lost) {
        MetricSpec spec = ProcessMetric.DATUMS_DROPPED.spec();
        if (spec.published().equals(Optional.of(lost.name())) && lost.value() instanceof Statistics told) {
            period.giveBack(spec, told.sum());
        }
    }

    private Instant beginOf(Instant moment) {
        long millis = settings.period().toMillis();
        return Instant.ofEpochMilli(Math.floorDiv(moment.toEpochMilli(), millis) * millis);
    }
}

package io.tributary.producer;

import io.tributary.daemon.MonotonicClock;
import io.tributary.producer.source.SourceProgress;
import io.tributary.producer.source.SourceProgress.Phase;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/** Says every few seconds what is being done, how fast, and how long it may still take. Confined to one thread. */
final class ProgressLog {
    private static final Logger LOG = LoggerFactory.getLogger(ProgressLog.class);
    private static final long EVERY_MS = 5_000;
    private static final long ALL = 100;
    private static final double SECOND = 1000.0;

    private final SourceProgress progress;
    private final ProducerMetrics metrics;
    private final MonotonicClock clock;

    private Phase phase = Phase.STARTING;
    private long phaseBegan;
    private long said;
    private long recordsSaid;

    ProgressLog(SourceProgress progress, ProducerMetrics metrics, MonotonicClock clock) {
        this.progress = progress;
        this.metrics = metrics;
        this.clock = clock;
        this.phaseBegan = clock.millis();
        this.said = phaseBegan;
    }

    /** Called often; speaks seldom. */
    void tick() {
        long now = clock.millis();
        Phase current = progress.phase();
        if (current != phase) {
            phase = current;
            phaseBegan = now;
        }
        if (now - said < EVERY_MS || phase == Phase.WAITING || phase == Phase.DONE) {
            return;
        }
        long total = progress.total();
        long done = progress.done();
        long records = metrics.records();
        LoggingEventBuilder line = LOG.atInfo()
                .addKeyValue("phase", phase.name().toLowerCase(Locale.ROOT))
                .addKeyValue("records", records)
                .addKeyValue("recordsPerSecond", Math.round((records - recordsSaid) * SECOND / (now - said)));
        if (total > 0) {
            line = line.addKeyValue("percent", done * ALL / total);
        }
        if (total > 0 && done > 0) {
            long left = Math.round((now - phaseBegan) / SECOND * (total - done) / done);
            line = line.addKeyValue("secondsLeft", left);
        }
        line.log("progress");
        said = now;
        recordsSaid = records;
    }
}

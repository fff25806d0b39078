package io.tributary.daemon.metrics.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.daemon.metrics.Counted;
import io.tributary.daemon.metrics.Counter;
import io.tributary.daemon.metrics.Metric;
import io.tributary.daemon.metrics.MetricSpec;
import io.tributary.daemon.metrics.Metrics;
import io.tributary.daemon.metrics.catalog.ProcessMetric;
import io.tributary.daemon.metrics.report.Datum.Statistics;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class MetricReporterTest {
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final List<MetricSpec> ALL =
            Arrays.stream(Counted.values()).map(Metric::spec).toList();

    private final Metrics metrics = new Metrics();
    private final Counter seen = metrics.counter(Counted.SEEN);
    private final ScriptedSink sink = new ScriptedSink();
    private Instant now = NOON;
    private final MetricReporter reporter = new MetricReporter(
            new MetricReporter.Settings(MINUTE, Duration.ofHours(3), Duration.ofSeconds(1)),
            metrics,
            ALL,
            sink,
            () -> now);

    @Test
    void aPeriodIsSentWhenTheClockShowsTheNext() {
        seen.add(3);
        now = NOON.plusSeconds(59);
        reporter.turn();
        assertThat(sink.taken).isEmpty();
        now = NOON.plusSeconds(61);
        reporter.turn();
        assertThat(sink.taken).containsExactly(counted(NOON, 3));
        assertThat(metrics.counter(ProcessMetric.DATUMS_SENT).value()).isEqualTo(1);
    }

    @Test
    void whatWasCountedWhileNobodyAnsweredIsSentLaterWithItsOwnTime() {
        sink.away = true;
        for (int minute = 1; minute <= 10; minute++) {
            seen.add(minute);
            minuteLater();
        }
        assertThat(sink.taken).isEmpty();
        assertThat(metrics.value(ProcessMetric.DATUMS_WAITING.spec())).hasValue(10);
        sink.away = false;
        minuteLater();
        assertThat(sink.taken).hasSize(11);
        for (int minute = 1; minute <= 10; minute++) {
            assertThat(sink.taken.get(minute - 1))
                    .isEqualTo(counted(NOON.plus(MINUTE.multipliedBy(minute - 1)), minute));
        }
        assertThat(metrics.counter(ProcessMetric.DATUMS_DROPPED).value()).isZero();
    }

    @Test
    void oneRequestIsTriedInAPeriodWhileNobodyAnswers() {
        sink.away = true;
        for (int minute = 0; minute < 100; minute++) {
            minuteLater();
        }
        assertThat(sink.requests).isEqualTo(100);
    }

    @Test
    void whatWaitedTooLongIsDroppedOldestFirstAndCounted() {
        sink.away = true;
        for (int minute = 0; minute < 200; minute++) {
            minuteLater();
        }
        sink.away = false;
        minuteLater();
        assertThat(sink.taken).hasSize(180).first().isEqualTo(counted(NOON.plus(MINUTE.multipliedBy(21)), 0));
        assertThat(metrics.counter(ProcessMetric.DATUMS_DROPPED).value()).isEqualTo(21);
    }

    @Test
    void aDatumThatIsRefusedIsDroppedAndCountedAndTheOthersAreTaken() {
        metrics.gauge(Counted.LEVEL, () -> 5);
        metrics.counter(Counted.SEEN_BY, Map.of("p", "1")).add(2);
        sink.refused.add("Level");
        reporter.turn();
        minuteLater();
        assertThat(sink.taken).extracting(Datum::name).containsExactlyInAnyOrder("Seen", "SeenBy");
        assertThat(metrics.counter(ProcessMetric.DATUMS_DROPPED).value()).isEqualTo(1);
        assertThat(metrics.value(ProcessMetric.DATUMS_WAITING.spec())).hasValue(0);
    }

    @Test
    void howManyWereDroppedIsToldWholeThoughDatumsThatToldItWereDroppedToo() {
        MetricReporter telling = new MetricReporter(
                new MetricReporter.Settings(MINUTE, Duration.ofHours(3), Duration.ofSeconds(1)),
                metrics,
                List.of(ProcessMetric.DATUMS_DROPPED.spec()),
                sink,
                () -> now);
        sink.away = true;
        for (int minute = 0; minute < 500; minute++) {
            now = now.plus(MINUTE);
            telling.turn();
        }
        sink.away = false;
        telling.end();
        assertThat(metrics.counter(ProcessMetric.DATUMS_DROPPED).value()).isEqualTo(320);
        assertThat(sink.taken.stream()
                        .mapToDouble(datum -> ((Statistics) datum.value()).sum())
                        .sum())
                .isEqualTo(320);
    }

    @Test
    void theLastPeriodIsSentAtTheEnd() {
        MetricReporter started = startedForMinutes();
        seen.add(7);
        started.close();
        assertThat(sink.taken).extracting(Datum::name).contains("Seen");
        assertThat(((Statistics) sink.taken.get(0).value()).sum()).isEqualTo(7);
        assertThat(sink.closed).isTrue();
    }

    @Test
    @Timeout(20)
    void anAnswerThatNeverComesKeepsNobodyFromEnding() {
        CountDownLatch never = new CountDownLatch(1);
        CountDownLatch asked = new CountDownLatch(1);
        MetricSink hole = new MetricSink() {
            @Override
            public void put(List<Datum> datums) throws MetricSinkException {
                asked.countDown();
                try {
                    never.await();
                } catch (InterruptedException abandoned) {
                    Thread.currentThread().interrupt();
                    throw new MetricSinkException("interrupted", false, abandoned);
                }
            }

            @Override
            public void close() {}
        };
        MetricReporter started = MetricReporter.start(
                new MetricReporter.Settings(Duration.ofMillis(200), Duration.ofHours(1), Duration.ofMillis(300)),
                metrics,
                ALL,
                hole,
                InstantSource.system());
        assertThat(asked).satisfies(latch -> latch.await());
        started.close();
    }

    @Test
    void aGaugeThatThrowsStopsNothingElse() {
        metrics.gauge(Counted.LEVEL, () -> {
            throw new IllegalStateException("broken gauge");
        });
        startedForMinutes().close();
        assertThat(sink.taken).extracting(Datum::name).contains("Seen");
    }

    private MetricReporter startedForMinutes() {
        return MetricReporter.start(
                new MetricReporter.Settings(Duration.ofMinutes(5), Duration.ofHours(1), Duration.ofSeconds(20)),
                metrics,
                ALL,
                sink,
                InstantSource.system());
    }

    private void minuteLater() {
        now = now.plus(MINUTE);
        reporter.turn();
    }

    private static Datum counted(Instant period, double count) {
        return new Datum("Seen", Counted.SEEN.spec().unit(), period, new Statistics(1, count, count, count));
    }
}

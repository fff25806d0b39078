package io.tributary.daemon.metrics.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import io.tributary.daemon.metrics.Counted;
import io.tributary.daemon.metrics.Metric;
import io.tributary.daemon.metrics.MetricSpec;
import io.tributary.daemon.metrics.Metrics;
import io.tributary.daemon.metrics.report.Datum.Distribution;
import io.tributary.daemon.metrics.report.Datum.Statistics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class PeriodPropertyTest {
    private static final List<MetricSpec> ALL =
            Arrays.stream(Counted.values()).map(Metric::spec).toList();

    private final Metrics metrics = new Metrics();
    private final Period period = new Period(metrics, ALL);

    @Property(tries = 300)
    void whatIsCountedIsInExactlyOnePeriod(
            @ForAll @Size(max = 20) List<@Size(max = 5) List<@IntRange(max = 1000) Integer>> periods) {
        double told = 0;
        long counted = 0;
        for (List<Integer> one : periods) {
            for (int more : one) {
                metrics.counter(Counted.SEEN_BY, Map.of("p", Integer.toString(more % 3)))
                        .add(more);
                counted += more;
            }
            told += find(period.end(Instant.EPOCH), "SeenBy")
                    .map(value -> ((Statistics) value).sum())
                    .orElse(0.0);
        }
        assertThat(told).isEqualTo((double) counted);
    }

    @Property(tries = 300)
    void aGaugeIsAllThatItWasWhenLookedAtAndNothingElse(
            @ForAll @Size(min = 1, max = 12) List<@DoubleRange(min = 0, max = 1e12) Double> seen,
            @ForAll @IntRange(max = 11) int gap) {
        List<Double> known = new ArrayList<>();
        for (int at = 0; at < seen.size(); at++) {
            double value = at == gap ? Double.POSITIVE_INFINITY : seen.get(at);
            if (at != gap) {
                known.add(value);
            }
            metrics.gauge(Counted.LEVEL, () -> value);
            period.look();
        }
        Optional<Datum.Value> told = find(period.end(Instant.EPOCH), "Level");
        assertThat(told.isPresent()).isEqualTo(!known.isEmpty());
        told.ifPresent(value -> {
            Statistics statistics = (Statistics) value;
            assertThat(statistics.samples()).isEqualTo(known.size());
            assertThat(statistics.sum())
                    .isEqualTo(known.stream().mapToDouble(each -> each).sum(), offset(1.0));
            assertThat(statistics.least())
                    .isEqualTo(known.stream().mapToDouble(each -> each).min().orElseThrow());
            assertThat(statistics.greatest())
                    .isEqualTo(known.stream().mapToDouble(each -> each).max().orElseThrow());
        });
        assertThat(find(period.end(Instant.EPOCH), "Level")).isEmpty();
    }

    @Property(tries = 300)
    void durationsAreToldOneByOneWithinTheLimitsAndInOnePeriodEach(
            @ForAll @Size(max = 400) List<@LongRange(min = 0, max = 100_000_000_000_000L) Long> nanos,
            @ForAll @IntRange(max = 400) int cut) {
        int first = Math.min(cut, nanos.size());
        nanos.subList(0, first).forEach(each -> metrics.latency(Counted.TOOK).record(Duration.ofNanos(each)));
        double early = countOf(period.end(Instant.EPOCH));
        nanos.subList(first, nanos.size())
                .forEach(each -> metrics.latency(Counted.TOOK).record(Duration.ofNanos(each)));
        double late = countOf(period.end(Instant.EPOCH));
        assertThat(early).isEqualTo(first);
        assertThat(late).isEqualTo(nanos.size() - first);
        assertThat(countOf(period.end(Instant.EPOCH))).isZero();
    }

    @Example
    void aPeriodCarriesItsBeginningNamesAndUnits() {
        metrics.counter(Counted.SEEN).add(3);
        metrics.gauge(Counted.LOCAL, () -> 1);
        period.look();
        Instant began = Instant.parse("2026-11-20T12:00:00Z");
        assertThat(period.end(began))
                .containsExactly(new Datum("Seen", Counted.SEEN.spec().unit(), began, new Statistics(1, 3, 3, 3)));
        assertThat(period.end(began))
                .containsExactly(new Datum("Seen", Counted.SEEN.spec().unit(), began, new Statistics(1, 0, 0, 0)));
    }

    private static double countOf(List<Datum> datums) {
        return find(datums, "Took")
                .map(value -> {
                    Distribution distribution = (Distribution) value;
                    assertThat(distribution.values())
                            .doesNotHaveDuplicates()
                            .hasSizeBetween(1, Requests.MOST_VALUES)
                            .hasSameSizeAs(distribution.counts())
                            .allMatch(Double::isFinite);
                    return distribution.counts().stream()
                            .mapToDouble(each -> each)
                            .sum();
                })
                .orElse(0.0);
    }

    private static Optional<Datum.Value> find(List<Datum> datums, String name) {
        return datums.stream()
                .filter(datum -> datum.name().equals(name))
                .map(Datum::value)
                .findFirst();
    }
}

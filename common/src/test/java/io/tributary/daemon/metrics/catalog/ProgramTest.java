package io.tributary.daemon.metrics.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.daemon.metrics.MetricKind;
import io.tributary.daemon.metrics.MetricSpec;
import io.tributary.daemon.metrics.MetricUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProgramTest {
    @ParameterizedTest
    @EnumSource
    void aProcessPublishesAtMostTwentyFive(Program program) {
        assertThat(program.published()).hasSizeLessThanOrEqualTo(Program.MOST_PUBLISHED);
    }

    @ParameterizedTest
    @EnumSource
    void noNameIsDeclaredTwice(Program program) {
        assertThat(program.metrics()).extracting(MetricSpec::name).doesNotHaveDuplicates();
        assertThat(program.published())
                .extracting(spec -> spec.published().orElseThrow())
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @EnumSource
    void namesSayTheirKindAndUnitAsPrometheusAndCloudWatchWantThem(Program program) {
        assertThat(program.metrics()).allSatisfy(spec -> {
            assertThat(spec.name()).matches("tributary_[a-z]+(_[a-z]+)+");
            assertThat(spec.name().endsWith("_total")).isEqualTo(spec.kind() == MetricKind.COUNTER);
            assertThat(spec.unit() == MetricUnit.MILLISECONDS).isEqualTo(spec.kind() == MetricKind.LATENCY);
            if (spec.kind() == MetricKind.LATENCY || spec.unit() == MetricUnit.SECONDS) {
                assertThat(spec.name()).contains("seconds");
            }
            assertThat(spec.meaning()).endsWith(".").doesNotContain("\n");
            spec.published().ifPresent(name -> assertThat(name).matches("([A-Z][a-z]+)+"));
        });
    }
}

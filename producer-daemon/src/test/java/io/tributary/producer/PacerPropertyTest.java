package io.tributary.producer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class PacerPropertyTest {
    @Property
    void theRateIsKept(
            @ForAll @IntRange(min = 1, max = 100_000) int rate, @ForAll @IntRange(min = 1, max = 2000) int records) {
        AtomicLong now = new AtomicLong(17);
        Pacer pacer = new Pacer(rate, now::get);
        for (int at = 0; at < records; at++) {
            now.addAndGet(pacer.next().toNanos());
        }
        double expected = records * 1e9 / rate;
        assertThat((double) (now.get() - 17)).isBetween(expected - 2, expected + 2);
    }

    @Example
    void timeWithoutRecordsIsNotCaughtUp() {
        AtomicLong now = new AtomicLong();
        Pacer pacer = new Pacer(10, now::get);
        now.addAndGet(Duration.ofHours(1).toNanos());
        long began = now.get();
        for (int at = 0; at < 20; at++) {
            now.addAndGet(pacer.next().toNanos());
        }
        assertThat(now.get() - began).isGreaterThan(Duration.ofMillis(1500).toNanos());
    }

    @Example
    void noLimitMeansNoWaiting() {
        assertThat(new Pacer(0, () -> 0).next()).isZero();
    }
}

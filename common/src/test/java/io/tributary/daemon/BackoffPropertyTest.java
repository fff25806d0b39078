package io.tributary.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class BackoffPropertyTest {
    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(10));

    @Property
    void delayIsAtLeastHalfAndAtMostTheWholeOfTheDoubledBase(
            @ForAll @IntRange(min = 1, max = 1000) int failures, @ForAll long seed) {
        long whole = failures > 7 ? 10_000 : Math.min(10_000, 100L << (failures - 1));
        assertThat(BACKOFF.delay(failures, new Random(seed)).toMillis()).isBetween(whole / 2, whole);
    }
}

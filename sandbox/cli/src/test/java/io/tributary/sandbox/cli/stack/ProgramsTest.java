package io.tributary.sandbox.cli.stack;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProgramsTest {
    @Test
    void aReplayHasTheMemoryOfTheDaemonsForItHoldsWholeLinks() {
        assertThat(Programs.memory("replay")).contains("-Xmx512m", "-XX:+ExitOnOutOfMemoryError");
        assertThat(Programs.memory("skip")).contains("-Xmx128m");
    }
}

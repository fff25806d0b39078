package io.tributary.consumer.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.testing.JavaProcess;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemoryIT {
    private static final long RECORDS = 60_000;

    @TempDir
    Path directory;

    @Test
    void twoHundredPartitionsFitInAHeapOf256Megabytes() {
        try (Lab lab = new Lab(directory, 200)) {
            lab.set("roll.max-age", "60s");
            lab.set("memory.max-buffered", "16MiB");
            lab.produceWide(RECORDS);
            JavaProcess daemon = lab.start("one", "-Xmx256m");
            lab.awaitStagedBy(daemon, RECORDS / 2);
            assertThat(lab.health(daemon, "/metrics").orElseThrow())
                    .containsPattern("links_total\\{cut=\"memory\"} [1-9]");
            assertThat(daemon.stop()).isZero();
            JavaProcess again = lab.set("roll.max-age", "1s").start("one", "-Xmx256m");
            lab.awaitStaged(RECORDS);
            assertThat(again.stop()).isZero();
        }
    }
}

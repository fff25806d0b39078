package io.tributary.daemon.systemd;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.daemon.health.Health;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ServiceManagerTest {
    private final List<String> told = new ArrayList<>();
    private Health live = Health.good("polling");
    private Health ready = Health.good("3 partitions");

    @Test
    void aProcessThatWorksSaysSoEachTimeAndItsStatusWhenThatChanges() {
        ServiceManager manager = manager(true);
        manager.started();
        manager.tell();
        manager.tell();
        ready = Health.bad("no broker\nis connected");
        manager.tell();
        manager.stopping();
        assertThat(told)
                .containsExactly(
                        "READY=1",
                        "WATCHDOG=1\nSTATUS=3 partitions",
                        "WATCHDOG=1",
                        "WATCHDOG=1\nSTATUS=not ready: no broker is connected",
                        "STOPPING=1\nSTATUS=stopping");
    }

    @Test
    void aProcessThatHangsTellsOnlyWhyUntilItWorksAgain() {
        ServiceManager manager = manager(true);
        live = Health.bad("encoder-0 has given no sign of life for 61 s");
        manager.tell();
        manager.tell();
        live = Health.good("polling");
        manager.tell();
        assertThat(told)
                .containsExactly(
                        "STATUS=hangs: encoder-0 has given no sign of life for 61 s",
                        "WATCHDOG=1\nSTATUS=3 partitions");
    }

    @Test
    void aDependencyThatIsAwayIsNoReasonToBeKilled() {
        ServiceManager manager = manager(true);
        ready = Health.bad("no broker is connected");
        for (int time = 0; time < 100; time++) {
            manager.tell();
        }
        assertThat(told).hasSize(100).allMatch(state -> state.startsWith("WATCHDOG=1"));
    }

    @Test
    void whoeverCannotSayHowItIsDoesNotWork() {
        ServiceManager manager = new ServiceManager(
                Optional.of(told::add),
                true,
                () -> {
                    throw new IllegalStateException("broken");
                },
                () -> ready);
        manager.tell();
        assertThat(told).containsExactly("STATUS=hangs: it cannot be said: broken");
    }

    @Test
    void withoutAWatchdogOnlyTheStatusIsTold() {
        ServiceManager manager = manager(false);
        manager.tell();
        manager.tell();
        assertThat(told).containsExactly("STATUS=3 partitions");
    }

    @Test
    void aSocketThatIsGoneHurtsNobody() {
        ServiceManager manager = new ServiceManager(
                Optional.of(state -> {
                    throw new IOException("gone");
                }),
                true,
                () -> live,
                () -> ready);
        manager.started();
        manager.tell();
        assertThat(told).isEmpty();
    }

    @Test
    void elsewhereThanUnderSystemdNothingHappens() {
        try (ServiceManager manager = ServiceManager.open(Map.of(), () -> live, () -> ready)) {
            manager.started();
            manager.stopping();
        }
        assertThat(told).isEmpty();
    }

    @Test
    void theWatchdogIsForThisProcessAloneAndForASensibleTime() {
        assertThat(ServiceManager.watchdog(Map.of("WATCHDOG_USEC", "3000000"), 7))
                .contains(Duration.ofSeconds(3));
        assertThat(ServiceManager.watchdog(Map.of("WATCHDOG_USEC", "3000000", "WATCHDOG_PID", "7"), 7))
                .contains(Duration.ofSeconds(3));
        assertThat(ServiceManager.watchdog(Map.of("WATCHDOG_USEC", "3000000", "WATCHDOG_PID", "8"), 7))
                .isEmpty();
        assertThat(ServiceManager.watchdog(Map.of("WATCHDOG_USEC", "0"), 7)).isEmpty();
        assertThat(ServiceManager.watchdog(Map.of("WATCHDOG_USEC", "soon"), 7)).isEmpty();
        assertThat(ServiceManager.watchdog(Map.of(), 7)).isEmpty();
    }

    private ServiceManager manager(boolean watched) {
        return new ServiceManager(Optional.of(told::add), watched, () -> live, () -> ready);
    }
}

package io.tributary.consumer.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tributary.testing.JavaProcess;
import io.tributary.testing.NotifyReceiver;
import io.tributary.testing.S3Process;
import io.tributary.testing.SandboxProcesses;
import io.tributary.testing.Signal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SystemdIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    @Test
    void systemdIsToldWhenItIsUpHowItIsAndThatItWorks() throws Exception {
        assumeTrue(NotifyReceiver.isPossible(), NotifyReceiver.SKIPPED);
        Path data = Files.createDirectory(directory.resolve("s3"));
        try (NotifyReceiver systemd = NotifyReceiver.start(directory);
                S3Process s3 = S3Process.start(data);
                Lab lab = new Lab(directory, 1, SandboxProcesses.kafka().bootstrapServers(), s3.endpoint())) {
            JavaProcess daemon = lab.command("one", "-Djna.tmpdir=" + directory)
                    .environment("NOTIFY_SOCKET", systemd.socket())
                    .environment("WATCHDOG_USEC", "1500000")
                    .start();
            try (daemon) {
                await().atMost(PATIENCE)
                        .until(() -> systemd.toldBy(daemon.pid()).contains("READY=1"));
                await().atMost(PATIENCE)
                        .until(() -> told(systemd, daemon).endsWith("STATUS=1 partitions, 0 offsets to read"));

                // Whatever is away, it still works.
                s3.process().kill9();
                lab.produce(0, 10);
                await().atMost(PATIENCE).until(() -> told(systemd, daemon).contains("not ready: "));
                long before = systemd.pings(daemon.pid());
                await().atMost(PATIENCE).until(() -> systemd.pings(daemon.pid()) > before + 5);

                // A process that stands still does not.
                daemon.signal(Signal.STOP);
                long stopped = systemd.pings(daemon.pid());
                await().during(Duration.ofSeconds(3))
                        .atMost(Duration.ofSeconds(6))
                        .until(() -> systemd.pings(daemon.pid()) <= stopped + 1);
                daemon.signal(Signal.CONT);
                await().atMost(PATIENCE).until(() -> systemd.pings(daemon.pid()) > stopped + 2);

                daemon.signal(Signal.TERM);
                daemon.exitCode(Duration.ofSeconds(30));
                assertThat(systemd.toldBy(daemon.pid())).contains("STOPPING=1;STATUS=stopping");
            }
        }
    }

    private static String told(NotifyReceiver systemd, JavaProcess daemon) {
        List<String> states = systemd.toldBy(daemon.pid()).stream()
                .filter(state -> state.contains("STATUS="))
                .toList();
        return states.isEmpty() ? "" : states.get(states.size() - 1);
    }
}

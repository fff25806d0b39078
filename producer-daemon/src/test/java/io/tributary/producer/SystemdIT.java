package io.tributary.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tributary.testing.JavaCommand;
import io.tributary.testing.JavaProcess;
import io.tributary.testing.NotifyReceiver;
import io.tributary.testing.ProjectRoot;
import io.tributary.testing.Signal;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SystemdIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path folder = Path.of("");

    /** systemd would kill one after the other, and none would find Kafka. */
    @Test
    void aKafkaThatIsAwayIsToldAndNoReasonToBeKilled() throws Exception {
        assumeTrue(NotifyReceiver.isPossible(), NotifyReceiver.SKIPPED);
        int nobody;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = free.getLocalPort();
        }
        Path file = Files.writeString(folder.resolve("a.csv"), "id\n1\n");
        Path config = Files.writeString(
                folder.resolve("producer.conf"),
                "source { name = away, paths = [\"" + file + "\"] }\ntopic = away\n"
                        + "kafka.bootstrap-servers = [\"127.0.0.1:" + nobody + "\"]\n");
        try (NotifyReceiver systemd = NotifyReceiver.start(folder);
                JavaProcess producer = JavaCommand.jar(
                                ProjectRoot.path().resolve("producer-daemon/target/producer-daemon.jar"))
                        .jvm("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Djna.tmpdir=" + folder)
                        .arguments("--config", config.toString())
                        .environment("NOTIFY_SOCKET", systemd.socket())
                        .environment("WATCHDOG_USEC", "900000")
                        .start()) {
            await().atMost(PATIENCE).until(() -> systemd.toldBy(producer.pid()).contains("READY=1"));
            await().atMost(PATIENCE).until(() -> systemd.pings(producer.pid()) > 60);
            assertThat(systemd.toldBy(producer.pid()))
                    .anyMatch(state -> state.endsWith("STATUS=not ready: not connected yet"));
            producer.signal(Signal.TERM);
            producer.exitCode(Duration.ofSeconds(30));
            assertThat(systemd.toldBy(producer.pid())).contains("STOPPING=1;STATUS=stopping");
        }
    }
}

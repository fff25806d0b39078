package io.tributary.producer;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.testing.JavaCommand;
import io.tributary.testing.JavaProcess;
import io.tributary.testing.ProjectRoot;
import io.tributary.testing.msk.IamGate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a producer gets into MSK, or learns why it does not. That records flow then is tried with the consumer. */
class IamIT {
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    @TempDir
    private Path folder = Path.of("");

    @Test
    void keysThatAreNotAcceptedAreToldOnOneLine() throws IOException {
        try (IamGate gate = IamGate.open(folder);
                JavaProcess producer = producer(gate, trusting(gate))
                        .environment("AWS_ACCESS_KEY_ID", IamGate.ACCESS_KEY)
                        .environment("AWS_SECRET_ACCESS_KEY", "another")
                        .start()) {
            assertThat(producer.exitCode(DEADLINE)).isEqualTo(1);
            assertThat(last(producer)).startsWith("producer-daemon: ").endsWith("[stand-in]: Access denied");
            assertThat(gate.problems())
                    .isNotEmpty()
                    .allMatch(problem -> problem.startsWith("the signature is not by "));
        }
    }

    @Test
    void aHostWithoutAnyKeysSaysThatItFoundNone() throws IOException {
        try (IamGate gate = IamGate.open(folder);
                JavaProcess producer = producer(gate, trusting(gate)).start()) {
            assertThat(producer.exitCode(DEADLINE)).isEqualTo(1);
            assertThat(last(producer)).startsWith("producer-daemon: ").contains("Failed to find AWS IAM Credentials");
            assertThat(gate.problems()).isEmpty();
        }
    }

    @Test
    void aBrokerWhoseCertificateIsNotTrustedIsToldOnOneLine() throws IOException {
        try (IamGate gate = IamGate.open(folder);
                JavaProcess producer = producer(gate, "").start()) {
            assertThat(producer.exitCode(DEADLINE)).isEqualTo(1);
            assertThat(last(producer)).startsWith("producer-daemon: ").contains("SSL handshake failed");
        }
    }

    private JavaCommand producer(IamGate gate, String more) throws IOException {
        Path data = Files.writeString(folder.resolve("a.csv"), "id\n1\n");
        Path config = Files.writeString(folder.resolve("producer.conf"), """
                source { name = iam, paths = ["%s"] }
                topic = iam
                kafka {
                  bootstrap-servers = ["127.0.0.1:%d"]
                  client {
                    security.protocol = SASL_SSL
                    sasl.mechanism = AWS_MSK_IAM
                    sasl.jaas.config = "software.amazon.msk.auth.iam.IAMLoginModule required;"
                    sasl.client.callback.handler.class = software.amazon.msk.auth.iam.IAMClientCallbackHandler
                    %s
                  }
                }
                """.formatted(data, gate.port(), more));
        return JavaCommand.jar(ProjectRoot.path().resolve("producer-daemon/target/producer-daemon.jar"))
                .jvm("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
                .arguments("--config", config.toString())
                .without("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_PROFILE")
                .environment(
                        "AWS_SHARED_CREDENTIALS_FILE", folder.resolve("none").toString())
                .environment("AWS_CONFIG_FILE", folder.resolve("none").toString())
                .environment("AWS_REGION", IamGate.REGION)
                .environment("AWS_EC2_METADATA_DISABLED", "true");
    }

    private static String trusting(IamGate gate) {
        return "ssl.truststore.location = \"" + gate.trustStore() + "\"\nssl.truststore.password = "
                + IamGate.STORE_PASSWORD;
    }

    private static String last(JavaProcess producer) {
        return producer.stderr().get(producer.stderr().size() - 1);
    }
}

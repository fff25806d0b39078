package io.tributary.consumer.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.testing.JavaCommand;
import io.tributary.testing.JavaProcess;
import io.tributary.testing.KafkaProcess;
import io.tributary.testing.ProjectRoot;
import io.tributary.testing.SandboxProcesses;
import io.tributary.testing.msk.IamGate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.jar.JarFile;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a consumer gets into MSK: by the very properties that Terraform hands out. */
class IamIT {
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    @Test
    void recordsAreStagedFromBrokersThatLetNobodyInWithoutASignature() throws IOException {
        try (IamGate gate = IamGate.open(directory);
                KafkaProcess kafka = KafkaProcess.startBehind(gate, directory.resolve("kafka"));
                Lab lab = new Lab(
                        directory,
                        1,
                        kafka.bootstrapServers(),
                        SandboxProcesses.s3().endpoint())) {
            lab.produce(0, 100);
            try (JavaProcess daemon = daemon(lab, gate, IamGate.SECRET_KEY)) {
                lab.awaitStaged(100);
                assertThat(daemon.stop()).isZero();
            }
            lab.requireExactly(partition -> LongStream.range(0, 100).boxed().toList());
            assertThat(gate.admitted()).isGreaterThan(1);
            assertThat(gate.problems()).isEmpty();
        }
    }

    @Test
    void oneWhoIsNotLetInSaysSoOnOneLine() throws IOException {
        try (IamGate gate = IamGate.open(directory);
                Lab lab = new Lab(directory, 1);
                JavaProcess daemon = daemon(lab, gate, "another")) {
            assertThat(daemon.exitCode(DEADLINE)).isEqualTo(1);
            assertThat(last(daemon))
                    .isEqualTo("consumer-daemon: no broker of kafka.bootstrap-servers [127.0.0.1:" + gate.port()
                            + "] lets this daemon in, as kafka.client has it: kafka does not tell the list of topics: "
                            + "[stand-in]: Access denied");
            assertThat(gate.problems())
                    .isNotEmpty()
                    .allMatch(problem -> problem.startsWith("the signature is not by "));
        }
    }

    @Test
    void theJarHasWhatConfigurationsName() throws IOException {
        List<String> named = properties().stream()
                .flatMap(property -> Pattern.compile("software\\.amazon\\.[\\w.]+")
                        .matcher(property)
                        .results())
                .map(MatchResult::group)
                .toList();
        assertThat(named).hasSize(2);
        try (JarFile jar = new JarFile("target/consumer-daemon.jar")) {
            assertThat(named)
                    .allSatisfy(type -> assertThat(jar.getEntry(type.replace('.', '/') + ".class"))
                            .as(type)
                            .isNotNull());
        }
    }

    private static JavaProcess daemon(Lab lab, IamGate gate, String secretKey) throws IOException {
        lab.set("kafka.bootstrap-servers", "[\"127.0.0.1:" + gate.port() + "\"]")
                .set(
                        "kafka.client",
                        Stream.concat(
                                        properties().stream(),
                                        Stream.of(
                                                "\"ssl.truststore.location\" = \"" + gate.trustStore() + "\"",
                                                "\"ssl.truststore.password\" = " + IamGate.STORE_PASSWORD))
                                .collect(Collectors.joining(", ", "{ ", " }")));
        JavaCommand command = lab.command("one")
                .environment("AWS_ACCESS_KEY_ID", IamGate.ACCESS_KEY)
                .environment("AWS_SECRET_ACCESS_KEY", secretKey)
                .environment("AWS_REGION", IamGate.REGION)
                .environment("AWS_EC2_METADATA_DISABLED", "true");
        return command.start();
    }

    /** The lines of Terraform's module that name the clients' properties. */
    private static List<String> properties() throws IOException {
        List<String> lines = Files.readAllLines(ProjectRoot.path().resolve("terraform/modules/msk/main.tf")).stream()
                .map(String::strip)
                .filter(line -> line.matches("\"(security\\.protocol|sasl\\.[a-z.]+)\" +=.*"))
                .toList();
        assertThat(lines).hasSize(4);
        return lines;
    }

    private static String last(JavaProcess daemon) {
        return daemon.stderr().get(daemon.stderr().size() - 1);
    }
}

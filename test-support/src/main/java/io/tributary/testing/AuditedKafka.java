package io.tributary.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A real broker that writes down what it is asked to permit, by a program that has a name and a listener of its own:
 * Kafka's own authorizer, which permits everything. A test's own clients come by the other listener and are not heard.
 * Any thread may use it; whoever started it closes it.
 */
public final class AuditedKafka implements AutoCloseable {
    private static final String USER = "program";
    private static final String PASSWORD = "of-no-worth";
    private static final String LISTENER = "PROGRAM";
    private static final Pattern ASKED = Pattern.compile("Principal = User:" + USER
            + " is Allowed operation = (\\w+) from host = \\S+ on resource = (\\w+):LITERAL:((?!__)\\S+) for request");

    private final KafkaProcess kafka;
    private final int port;

    private AuditedKafka(KafkaProcess kafka, int port) {
        this.kafka = kafka;
        this.port = port;
    }

    /**
     * Starts on any free ports and returns when it serves.
     *
     * @param directory its data and files go there
     */
    public static AuditedKafka start(Path directory) {
        Path words = directory.resolve("audited-kafka.xml");
        try {
            Files.write(
                    words,
                    ("<configuration><appender name=\"E\" class=\"ch.qos.logback.core.ConsoleAppender\">"
                                    + "<target>System.err</target><encoder><pattern>%msg%n</pattern></encoder></appender>"
                                    + "<logger name=\"kafka.authorizer.logger\" level=\"DEBUG\"/>"
                                    + "<root level=\"WARN\"><appender-ref ref=\"E\"/></root></configuration>")
                            .getBytes(UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<Integer> ports = KafkaCluster.freePorts(3);
        int port = ports.get(0);
        KafkaProcess.Start plan =
                KafkaProcess.withListener(directory.resolve("kafka"), LISTENER + ":SASL_PLAINTEXT", ports, port);
        plan.command()
                .jvm("-Dlogback.configurationFile=" + words)
                .arguments("--set", "sasl.enabled.mechanisms=PLAIN")
                .arguments(
                        "--set",
                        "listener.name.program.plain.sasl.jaas.config=" + login("user_" + USER + "=" + PASSWORD))
                .arguments("--set", "authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer")
                .arguments("--set", "super.users=User:ANONYMOUS;User:" + USER);
        return new AuditedKafka(KafkaProcess.start(plan), port);
    }

    /** For the test's own clients. */
    public String bootstrapServers() {
        return kafka.bootstrapServers();
    }

    /** For the program: its {@code kafka.bootstrap-servers}, in HOCON. */
    public String programServers() {
        return "[\"127.0.0.1:" + port + "\"]";
    }

    /** For the program: its {@code kafka.client}, in HOCON. */
    public String programClient() {
        return "{ \"security.protocol\" = SASL_PLAINTEXT, \"sasl.mechanism\" = PLAIN, \"sasl.jaas.config\" = \""
                + login("username=" + USER + " password=" + PASSWORD) + "\" }";
    }

    /**
     * What the program needed, as in {@code kafka WRITE Topic orders}; each as often as it did. The broker's own topics,
     * which a list of all names to who may see them, are left out.
     */
    public List<String> asked() {
        return kafka.process().stderr().stream()
                .flatMap(line -> ASKED.matcher(line).results())
                .map(AuditedKafka::call)
                .toList();
    }

    @Override
    public void close() {
        kafka.close();
    }

    private static String call(MatchResult asked) {
        return "kafka " + asked.group(1) + " " + asked.group(2) + " " + asked.group(3);
    }

    private static String login(String options) {
        return "org.apache.kafka.common.security.plain.PlainLoginModule required " + options + ";";
    }
}

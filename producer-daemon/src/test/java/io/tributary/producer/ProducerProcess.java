package io.tributary.producer;

import io.tributary.testing.JavaCommand;
import io.tributary.testing.JavaProcess;
import io.tributary.testing.ProjectRoot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The built jar as a process. Not thread-safe. */
final class ProducerProcess implements AutoCloseable {
    private static final Duration DEADLINE = Duration.ofSeconds(90);
    private static final Pattern PORT = Pattern.compile("port=\"(\\d+)\"");

    private final JavaProcess process;

    private ProducerProcess(JavaProcess process) {
        this.process = process;
    }

    /** Starts it with a configuration, which is written beside the other files of the test. */
    static ProducerProcess start(Path folder, String config) {
        return startWith("-Xmx256m", folder, config);
    }

    /** The same with another heap. */
    static ProducerProcess startWith(String heap, Path folder, String config) {
        try {
            Path file = Files.createTempFile(folder, "producer", ".conf");
            Files.writeString(file, config);
            return start(heap, List.of("--config", file.toString()));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static ProducerProcess start(String... arguments) {
        return start("-Xmx256m", List.of(arguments));
    }

    private static ProducerProcess start(String heap, List<String> arguments) {
        Path jar = ProjectRoot.path().resolve("producer-daemon/target/producer-daemon.jar");
        return new ProducerProcess(JavaCommand.jar(jar)
                .jvm(heap, "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
                .arguments(arguments.toArray(String[]::new))
                .environment("AWS_ACCESS_KEY_ID", "test")
                .environment("AWS_SECRET_ACCESS_KEY", "test")
                .start());
    }

    JavaProcess process() {
        return process;
    }

    int exitCode() {
        return process.exitCode(DEADLINE);
    }

    /** The last line on standard error: what went wrong. */
    String error() {
        return process.stderr().get(process.stderr().size() - 1);
    }

    String metrics() {
        return get("/metrics");
    }

    /** The status and the words of the answer to whether it is ready. */
    String ready() {
        return ask("/ready")
                .map(answer -> answer.statusCode() + " " + answer.body().strip())
                .orElse("");
    }

    String get(String path) {
        return ask(path).map(HttpResponse::body).orElse("");
    }

    private Optional<HttpResponse<String>> ask(String path) {
        Matcher port = PORT.matcher(process.awaitStderr(line -> line.contains("serving health"), DEADLINE));
        if (!port.find()) {
            throw new AssertionError("no port");
        }
        try {
            return Optional.of(HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port.group(1) + path))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString()));
        } catch (IOException notServing) {
            return Optional.empty();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** A metric without labels; 0 while it is not served. */
    long metric(String name) {
        return metrics()
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToLong(line -> Long.parseLong(line.substring(name.length() + 1)))
                .findFirst()
                .orElse(0);
    }

    @Override
    public void close() {
        process.close();
    }
}

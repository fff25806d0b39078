package io.tributary.etl;

import io.tributary.aws.S3Settings;
import io.tributary.daemon.config.Secret;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import software.amazon.awssdk.services.s3.S3Client;

/** The sandbox's S3 server as a process of its own, which ends with this one. One for all tests. */
final class S3Process {
    static final String ACCESS_KEY = "tester";
    static final String SECRET_KEY = "tester-secret";
    static final String BUCKET = "tributary";

    private static final Pattern READY = Pattern.compile("ready .*\"port\":([0-9]+).*");

    private final Path data;
    private final URI endpoint;
    private final S3Client client;

    private S3Process(Path data, URI endpoint) {
        this.data = data;
        this.endpoint = endpoint;
        this.client = settings().client(16, 3);
        client.createBucket(request -> request.bucket(BUCKET));
    }

    private static final class Shared {
        static final S3Process INSTANCE = start();
    }

    static S3Process shared() {
        return Shared.INSTANCE;
    }

    URI endpoint() {
        return endpoint;
    }

    S3Client client() {
        return client;
    }

    S3Settings settings() {
        return new S3Settings(
                Optional.of("us-east-1"),
                Optional.of(endpoint),
                true,
                Optional.of(new S3Settings.Keys(ACCESS_KEY, new Secret(SECRET_KEY))));
    }

    /** All objects there are were written that long ago, by the server's clock: that of their files. */
    void age(Duration age) {
        FileTime then = FileTime.from(InstantSource.system().instant().minus(age));
        try (Stream<Path> objects = Files.walk(data.resolve("buckets").resolve(BUCKET))) {
            for (Path object : objects.filter(Files::isRegularFile).toList()) {
                Files.setLastModifiedTime(object, then);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static S3Process start() {
        try {
            Path module = Path.of(System.getProperty("tributary.root", ".."), "sandbox", "s3");
            Path jar = module.resolve("target/sandbox-s3.jar");
            if (!Files.exists(jar)) {
                throw new IllegalStateException(jar + " is missing: mvn package -pl sandbox/s3 -am builds it");
            }
            Path data = Files.createTempDirectory("etl-s3-");
            ProcessBuilder builder = new ProcessBuilder(List.of(
                    "java",
                    "@" + module.resolve("jvm.options"),
                    "-cp",
                    jar + ":" + Files.readString(module.resolve("target/classpath")),
                    "io.tributary.sandbox.s3.S3Main",
                    "--data",
                    data.toString(),
                    "--port",
                    "0",
                    "--access-key",
                    ACCESS_KEY,
                    "--secret-key-env",
                    "S3_SECRET",
                    "--stop-with-stdin"));
            builder.environment().put("S3_SECRET", SECRET_KEY);
            builder.redirectError(data.resolve("s3.log").toFile());
            Process process = builder.start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroy, "stop-s3"));
            BufferedReader out =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            String line = out.readLine();
            Matcher ready = READY.matcher(String.valueOf(line));
            if (!ready.matches()) {
                throw new IllegalStateException(
                        "the S3 server did not start: " + Files.readString(data.resolve("s3.log")));
            }
            return new S3Process(data, URI.create("http://127.0.0.1:" + ready.group(1)));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}

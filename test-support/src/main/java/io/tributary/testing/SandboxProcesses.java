package io.tributary.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * One Kafka broker and one S3 server for all tests of this JVM, each started when first asked for and ended with the
 * JVM. Tests share them: they use topics and buckets of {@link UniqueName} and never stop or kill them (for that start
 * a {@link KafkaProcess} or {@link S3Process} of one's own). Thread-safe.
 */
public final class SandboxProcesses {
    private SandboxProcesses() {}

    public static KafkaProcess kafka() {
        return Kafka.SHARED;
    }

    public static S3Process s3() {
        return S3.SHARED;
    }

    private static final class Kafka {
        static final KafkaProcess SHARED = start();

        private static KafkaProcess start() {
            Path data = scratch("kafka");
            KafkaProcess kafka = KafkaProcess.start(data);
            atExit(kafka.process(), data);
            return kafka;
        }
    }

    private static final class S3 {
        static final S3Process SHARED = start();

        private static S3Process start() {
            Path data = scratch("s3");
            S3Process s3 = S3Process.start(data);
            atExit(s3.process(), data);
            return s3;
        }
    }

    /** Under {@code target} where there is one: a temporary file system may keep no extended attributes. */
    private static Path scratch(String name) {
        try {
            Path target = Path.of("target").toAbsolutePath();
            return Files.isDirectory(target)
                    ? Files.createTempDirectory(target, name)
                    : Files.createTempDirectory("tributary-" + name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void atExit(JavaProcess process, Path data) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            process.close();
            Folders.delete(data);
        }));
    }
}

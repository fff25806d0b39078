package io.tributary.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One of the sandbox's servers, run from its module's {@code target}: knows the class path file, the JVM's options and
 * the ready line. Not thread-safe.
 */
public final class SandboxServer {
    private static final Duration BOOT = Duration.ofSeconds(60);
    private static final Pattern READY = Pattern.compile("ready \\{\"name\":\"[a-z0-9-]+\",\"port\":(\\d+)}");

    private final JavaProcess process;
    private final int port;

    private SandboxServer(JavaProcess process, int port) {
        this.process = process;
        this.port = port;
    }

    /** A command for {@code sandbox/<module>}, without arguments yet. */
    public static JavaCommand command(String module, String mainClass) {
        Path directory = ProjectRoot.path().resolve("sandbox").resolve(module);
        Path jar = directory.resolve("target/sandbox-" + module + ".jar");
        Path classPath = directory.resolve("target/classpath");
        if (!Files.exists(jar) || !Files.exists(classPath)) {
            throw new IllegalStateException(
                    "sandbox/" + module + " is not built; run: mvn -Dquick -pl sandbox/" + module + " -am package");
        }
        try {
            return JavaCommand.mainClass(jar + ":" + Files.readString(classPath), mainClass)
                    .jvm("@" + directory.resolve("jvm.options"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts the command and waits until the server says that it serves. */
    public static SandboxServer start(JavaCommand command) {
        return of(command.start());
    }

    /** Waits until a server that was started says that it serves; kills it where it does not. */
    static SandboxServer of(JavaProcess process) {
        try {
            Matcher ready = READY.matcher(process.awaitStdout(line -> line.startsWith("ready "), BOOT));
            if (!ready.matches()) {
                throw new AssertionError("not a ready line: " + process.stdout());
            }
            return new SandboxServer(process, Integer.parseInt(ready.group(1)));
        } catch (RuntimeException | Error e) {
            process.close();
            throw e;
        }
    }

    public JavaProcess process() {
        return process;
    }

    public int port() {
        return port;
    }
}

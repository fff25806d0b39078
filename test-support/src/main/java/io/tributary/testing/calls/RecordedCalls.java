package io.tributary.testing.calls;

import io.tributary.testing.AuditedKafka;
import io.tributary.testing.JavaCommand;
import io.tributary.testing.ProjectRoot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The calls of programs that were started by its commands. Not thread-safe. */
public final class RecordedCalls {
    private static final Pattern KEY = Pattern.compile("^(\\S+ \\S+ [^/]+/[^/]+/).+$");

    private final Path directory;
    private final Path file;

    /**
     * Nothing is recorded yet.
     *
     * @param directory its files go there
     */
    public RecordedCalls(Path directory) {
        this.directory = directory.resolve("recorder");
        this.file = this.directory.resolve("calls");
        Path resource = this.directory.resolve(CallRecorder.RESOURCE);
        try {
            Files.createDirectories(Objects.requireNonNull(resource.getParent()));
            Files.writeString(resource, CallRecorder.class.getName() + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A program of a fat jar, as {@code java -jar} starts it, with the recorder beside it. */
    public JavaCommand command(Path jar, String mainClass) {
        Path recorder = ProjectRoot.path().resolve("test-support/target/test-support.jar");
        return JavaCommand.mainClass(jar + ":" + recorder + ":" + directory, mainClass)
                .jvm("-D" + CallRecorder.FILE + "=" + file);
    }

    /**
     * Every different call so far, in order: those of the SDK, and what the broker was asked to permit.
     *
     * @param names what names of this run are called in general
     */
    public SortedSet<String> all(AuditedKafka kafka, Map<String, String> names) {
        SortedSet<String> calls = new TreeSet<>();
        for (String call : sdk()) {
            calls.add(general(renamed(call, names)));
        }
        for (String call : kafka.asked()) {
            calls.add(renamed(call, names));
        }
        return calls;
    }

    private List<String> sdk() {
        try {
            return Files.exists(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String renamed(String call, Map<String, String> names) {
        String renamed = call;
        for (Map.Entry<String, String> name : names.entrySet()) {
            renamed = renamed.replace(name.getKey(), name.getValue());
        }
        return renamed;
    }

    /** Without what a key says of the time and of who made it. */
    private static String general(String call) {
        return KEY.matcher(call).replaceFirst("$1*");
    }
}

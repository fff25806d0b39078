package io.tributary.testing.calls;

import io.tributary.testing.AuditedKafka;
import io.tributary.testing.GeneratedFile;
import io.tributary.testing.JavaCommand;
import io.tributary.testing.ProjectRoot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The calls of programs that were started by its commands. Not thread-safe. */
public final class RecordedCalls {
    private static final String COMMAND = "-Dtest=None -Dsurefire.failIfNoSpecifiedTests=false -Dit.test=CallsIT "
            + "-Dfailsafe.failIfNoSpecifiedTests=false verify";

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
     * Compares every different call, of the SDK and what the broker was asked to permit, with {@code deploy-tests/calls/},
     * against which the program's role is held. Ends the broker first, so that nothing is still on its way.
     *
     * @param program whose calls they are: the file's name
     * @param names   what names of this run are called there
     * @throws AssertionError with what the file should be, where it is not that
     */
    public void requireWrittenDown(String program, AuditedKafka kafka, Map<String, String> names) throws IOException {
        kafka.close();
        String calls = Stream.concat(Files.readAllLines(file).stream(), kafka.asked().stream())
                .map(call -> renamed(call, names))
                .distinct()
                .sorted()
                .map(call -> call + "\n")
                .collect(Collectors.joining());
        GeneratedFile.assertCurrent("deploy-tests/calls/" + program, calls, COMMAND);
    }

    private static String renamed(String call, Map<String, String> names) {
        String renamed = call;
        for (Map.Entry<String, String> name : names.entrySet()) {
            renamed = renamed.replace(name.getKey(), name.getValue());
        }
        return renamed;
    }
}

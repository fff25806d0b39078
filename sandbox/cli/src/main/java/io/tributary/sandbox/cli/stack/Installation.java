package io.tributary.sandbox.cli.stack;

import io.tributary.sandbox.cli.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The built tree: where each program's jars are, and how they are started. Immutable.
 *
 * @param root    the top of the tree
 * @param options further options of every program's JVM, behind its own
 */
public record Installation(Path root, List<String> options) {
    /** Where a user gives further JVM options, apart by spaces. No TRIBUTARY_ variable: those are configuration keys. */
    private static final String OPTIONS = "SANDBOX_JAVA_OPTS";

    public Installation {
        options = List.copyOf(options);
    }

    /** The installation that this launcher belongs to, as the script says. */
    public static Installation current() throws CommandFailure {
        String root = System.getProperty("tributary.root");
        if (root == null) {
            throw CommandFailure.failed("start this with the script ./tributary: it says where the programs are");
        }
        return new Installation(Path.of(root), options(System.getenv()));
    }

    /** What an environment says of JVM options. */
    static List<String> options(Map<String, String> environment) {
        String said = environment.getOrDefault(OPTIONS, "").strip();
        return said.isEmpty() ? List.of() : List.of(said.split("\\s+"));
    }

    /**
     * The command that starts a sandbox server with the JVM options that its module has, without its own arguments.
     *
     * @param module its folder under {@code sandbox/}
     * @param jvm    further arguments of the JVM
     * @param main   its main class
     */
    List<String> server(String module, List<String> jvm, String main) throws CommandFailure {
        Path moduleOptions = root.resolve("sandbox").resolve(module).resolve("jvm.options");
        List<String> all = new ArrayList<>(jvm);
        if (Files.exists(moduleOptions)) {
            all.add("@" + moduleOptions);
        }
        return plainServer(module, all, main);
    }

    /** As {@link #server}, without the module's JVM options: for its smaller programs. */
    List<String> plainServer(String module, List<String> jvm, String main) throws CommandFailure {
        Path target = root.resolve("sandbox").resolve(module).resolve("target");
        List<String> command = javaCommand(jvm);
        String classpath =
                built(target.resolve("sandbox-" + module + ".jar")) + ":" + read(built(target.resolve("classpath")));
        command.addAll(List.of("-cp", classpath, main));
        return command;
    }

    /** The command that starts a daemon from its fat jar, without the daemon's own arguments. */
    List<String> daemon(String name, List<String> jvm) throws CommandFailure {
        Path jar = root.resolve(name).resolve("target").resolve(name + ".jar");
        List<String> command = javaCommand(jvm);
        command.addAll(List.of("-jar", built(jar).toString()));
        return command;
    }

    private List<String> javaCommand(List<String> jvm) {
        List<String> command = new ArrayList<>();
        command.add(java());
        command.addAll(jvm);
        command.addAll(options);
        return command;
    }

    /** The bundled sample. */
    public Path sample() {
        return root.resolve("sandbox").resolve("sample");
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private static Path built(Path file) throws CommandFailure {
        if (!Files.exists(file)) {
            throw CommandFailure.failed(file + " is missing: build with `mvn -Dquick package`");
        }
        return file;
    }

    private static String read(Path file) throws CommandFailure {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw CommandFailure.failed(file + " cannot be read: " + e);
        }
    }
}

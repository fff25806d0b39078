package io.tributary.sandbox.lake;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** One of the sandbox's servers as a process, from its built jar. */
final class LakeServer implements AutoCloseable {
    private static final Pattern READY = Pattern.compile("ready \\{\"name\":\"([a-z0-9]+)\",\"port\":([0-9]+)\\}");
    private static final String LISTEN = "0A";

    private final Process process;
    private final int port;

    private LakeServer(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    static LakeServer start(String module, String main, Path log, Map<String, String> environment, String... args)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command(module, main, List.of(args)));
        builder.environment().putAll(environment);
        builder.redirectError(log.toFile());
        Process process = builder.start();
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line = out.readLine();
        Matcher ready = READY.matcher(String.valueOf(line));
        if (!ready.matches()) {
            process.destroyForcibly();
            throw new IOException(main + " said '" + line + "': " + Files.readString(log));
        }
        return new LakeServer(process, Integer.parseInt(ready.group(2)));
    }

    private static List<String> command(String module, String main, List<String> args) throws IOException {
        Path home = Path.of(System.getProperty("tributary.root", "../.."), "sandbox", module);
        List<String> command = new ArrayList<>(List.of(
                "java",
                "@" + home.resolve("jvm.options"),
                "-cp",
                home.resolve("target/sandbox-" + module + ".jar") + ":"
                        + Files.readString(home.resolve("target/classpath")),
                main));
        command.addAll(args);
        return command;
    }

    /**
     * How a program ended.
     *
     * @param exitCode its exit code
     * @param error    what it wrote to standard error
     */
    record Ended(int exitCode, String error) {}

    /** Runs a program to its end. */
    static Ended run(String module, String main, Path log, List<String> args) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command(module, main, args))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(log.toFile())
                .start();
        if (!process.waitFor(120, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError(main + " did not end: " + Files.readString(log));
        }
        return new Ended(process.exitValue(), Files.readString(log));
    }

    int port() {
        return port;
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Ends it as the system would, and gives its exit code. */
    int terminate() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new AssertionError("it did not stop");
        }
        return process.exitValue();
    }

    /** The addresses that it listens on, in hexadecimal as the kernel shows them. */
    Set<String> listensOn() throws IOException {
        Set<String> sockets = new HashSet<>();
        try (Stream<Path> files = Files.list(Path.of("/proc", Long.toString(process.pid()), "fd"))) {
            for (Path file : (Iterable<Path>) files::iterator) {
                if (Files.isSymbolicLink(file)) {
                    sockets.add(Files.readSymbolicLink(file).toString());
                }
            }
        }
        Set<String> addresses = new HashSet<>();
        for (String table : List.of("tcp", "tcp6")) {
            for (String line : Files.readAllLines(Path.of("/proc/net", table))) {
                String[] fields = line.trim().split("\\s+", -1);
                if (fields.length > 9 && LISTEN.equals(fields[3]) && sockets.contains("socket:[" + fields[9] + "]")) {
                    addresses.add(fields[1].substring(0, fields[1].indexOf(':')));
                }
            }
        }
        return addresses;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}

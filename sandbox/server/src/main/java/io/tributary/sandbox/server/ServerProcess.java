package io.tributary.sandbox.server;

import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/**
 * Runs one server for the life of the process. Standard output carries one line, {@code ready
 * {"name":"kafka","port":9092}}; everything else goes to standard error. SIGTERM and SIGINT stop the server and exit
 * 0; a failed start exits 1; bad usage exits 2. The process ends by halt once the server is closed, because threads of
 * foreign servers may linger.
 *
 * <p>The main thread starts the server and waits; the shutdown thread closes it.
 */
public final class ServerProcess {
    private static final int FAILED = 1;

    private final String name;
    private final PrintStream stdout;
    private final AtomicReference<@Nullable RunningServer> running = new AtomicReference<>();

    private ServerProcess(String name, PrintStream stdout) {
        this.name = name;
        this.stdout = stdout;
    }

    /** Parses the arguments into {@code command}, whose call starts the server, and serves until told to stop. */
    public static void run(String name, Callable<RunningServer> command, String... args) {
        ServerProcess process = new ServerProcess(name, System.out);
        // What foreign code prints belongs in the log.
        System.setOut(System.err);
        CommandLine commandLine = new CommandLine(command);
        commandLine.setCommandName(name);
        commandLine.setOut(new PrintWriter(process.stdout, true, StandardCharsets.UTF_8));
        commandLine.setExecutionExceptionHandler((e, line, parsed) -> process.failed(e));
        Runtime.getRuntime().addShutdownHook(new Thread(process::stop, "stop"));
        int code = commandLine.execute(args);
        if (code == CommandLine.ExitCode.OK && commandLine.getExecutionResult() instanceof RunningServer server) {
            process.serve(server);
        }
        halt(code);
    }

    /** Ends the process at once with a failure that its user should read, from any thread. */
    public static void die(String name, String message) {
        System.err.println(name + ": " + message);
        halt(FAILED);
    }

    private void serve(RunningServer server) {
        running.set(server);
        stdout.println("ready {\"name\":\"" + name + "\",\"port\":" + server.port() + "}");
        stdout.flush();
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void stop() {
        RunningServer server = running.get();
        if (server != null) {
            try {
                server.close();
            } catch (Exception e) {
                die(name, "did not stop cleanly: " + e);
            }
        }
        halt(CommandLine.ExitCode.OK);
    }

    private int failed(Exception e) {
        System.err.println(name + ": " + (e instanceof ServerStartException ? e.getMessage() : describe(e)));
        return FAILED;
    }

    private static String describe(Throwable failure) {
        StringBuilder text = new StringBuilder("could not start: ").append(failure);
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            text.append("; caused by ").append(cause);
        }
        return text.toString();
    }

    private static void halt(int code) {
        System.err.flush();
        Runtime.getRuntime().halt(code);
    }

    /** Stops this process when its standard input ends, so that it never outlives the one who started it. */
    public static void stopWithStandardInput() {
        Thread watch = new Thread(
                () -> {
                    try {
                        while (System.in.read() >= 0) {
                            // Nothing is read from the parent: only its end matters.
                        }
                    } catch (IOException e) {
                        // A broken pipe is an end too.
                    }
                    System.exit(0);
                },
                "parent-watch");
        watch.setDaemon(true);
        watch.start();
    }
}

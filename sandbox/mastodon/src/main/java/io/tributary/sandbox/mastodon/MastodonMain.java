package io.tributary.sandbox.mastodon;

import io.tributary.sandbox.server.LoopbackPort;
import io.tributary.sandbox.server.RunningServer;
import io.tributary.sandbox.server.ServerProcess;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ServerSocketFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Serves a stand-in instance on which something happens, on 127.0.0.1 until told to stop. */
@Command(description = "A stand-in for a Mastodon instance, on 127.0.0.1.", mixinStandardHelpOptions = true)
public final class MastodonMain implements Callable<RunningServer> {
    private static final int BEFORE = 200;

    @Option(names = "--port", required = true, description = "Port for clients; 0 takes any free one.")
    private int port;

    @Option(names = "--rate", description = "Posts per second. Default: ${DEFAULT-VALUE}.")
    private int rate = 20;

    @Option(names = "--first", description = "The first status's number. Default: one that no earlier run had.")
    private int first = -1;

    @Option(names = "--dialect", description = "Whose ways it has. Default: ${DEFAULT-VALUE}.")
    private Dialect dialect = Dialect.MASTODON;

    @Option(names = "--token", description = "The token that opens streams. Default: ${DEFAULT-VALUE}.")
    private String token = "demo";

    @Option(names = "--stop-with-stdin", description = "Stop when standard input ends.")
    private boolean stopWithStdin;

    public static void main(String[] args) {
        ServerProcess.run("mastodon", new MastodonMain(), args);
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored")
    public RunningServer call() throws Exception {
        if (stopWithStdin) {
            ServerProcess.stopWithStandardInput();
        }
        Clock clock = Clock.systemUTC();
        Instance instance = new Instance(dialect, clock);
        instance.faults().token(token);
        int from = first >= 0 ? first : (int) (clock.instant().getEpochSecond() / 10 % 2_000) * 1_000_000;
        Script script = new Script(instance, dialect, clock, from, from);
        for (int at = 0; at < BEFORE; at++) {
            script.step();
        }
        ScheduledExecutorService happening = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "script");
            thread.setDaemon(true);
            return thread;
        });
        happening.scheduleAtFixedRate(script::step, 0, 1_000_000 / Math.max(1, rate), TimeUnit.MICROSECONDS);
        return InstanceServer.start(
                instance, LoopbackPort.orFree(port), Duration.ofSeconds(15), ServerSocketFactory.getDefault(), false);
    }
}

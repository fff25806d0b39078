package io.tributary.consumer;

import io.tributary.consumer.config.ConsumerConfig;
import io.tributary.daemon.DaemonProgram;
import io.tributary.daemon.Failures;
import java.util.Arrays;

/** Stages Kafka topics on S3, each offset exactly once. */
public final class ConsumerMain {
    private static final int FAILED = 1;

    private ConsumerMain() {}

    public static void main(String[] args) {
        // A thread that dies leaves a process that only looks alive: end it, and let the supervisor start another.
        Thread.setDefaultUncaughtExceptionHandler((thread, death) -> die("thread " + thread.getName(), death));
        int code;
        try {
            code = run(args);
        } catch (Throwable death) {
            die("the main thread", death);
            return;
        }
        System.exit(code);
    }

    private static int run(String[] args) {
        if (args.length > 0 && args[0].equals("skip")) {
            return Operation.run(new SkipCommand(), Arrays.copyOfRange(args, 1, args.length));
        }
        if (args.length > 0 && args[0].equals("replay")) {
            return Operation.run(new ReplayCommand(), Arrays.copyOfRange(args, 1, args.length));
        }
        return DaemonProgram.run(
                "consumer-daemon",
                "Stages Kafka topics as chains of objects on S3, each offset exactly once. "
                        + "Other commands: skip moves on past offsets, replay writes a chain anew; each has --help.",
                args,
                ConsumerConfig::read,
                ConsumerDaemon::new);
    }

    private static void die(String who, Throwable death) {
        try {
            System.err.println("consumer-daemon: " + who + " died: " + Failures.oneLine(death));
            death.printStackTrace();
        } finally {
            Runtime.getRuntime().halt(FAILED);
        }
    }
}

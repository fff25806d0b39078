package io.tributary.consumer;

import io.tributary.consumer.config.ConsumerConfig;
import io.tributary.daemon.DaemonProgram;
import io.tributary.daemon.MainProgram;
import java.util.Arrays;

/** Stages Kafka topics on S3, each offset exactly once. */
public final class ConsumerMain {
    private ConsumerMain() {}

    public static void main(String[] args) {
        MainProgram.run("consumer-daemon", () -> run(args));
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
}

package io.tributary.sandbox.cli.stack;

import io.tributary.sandbox.cli.CommandFailure;
import io.tributary.sandbox.cli.process.Foreground;
import java.io.IOException;
import java.util.List;

/**
 * The daemons' own commands, as an operator would give them, against servers that run: whoever started these. Immutable.
 *
 * @param installation where the jars are
 * @param workspace    the data directory
 * @param endpoints    where its servers answer
 */
public record Tools(Installation installation, Workspace workspace, Endpoints endpoints) {
    private static final String ROLL_AGE = "1s";

    /**
     * A command of the consumer's jar.
     *
     * @param command   its name
     * @param topics    what the consumer stages
     * @param arguments its arguments, but for the configuration
     * @return the exit code
     */
    public int consumer(String command, List<String> topics, List<String> arguments)
            throws CommandFailure, IOException {
        try (Ports ports = Ports.claim()) {
            ConfigFiles configs = new ConfigFiles(workspace, ports, endpoints);
            return Foreground.run(
                    new Programs(installation, workspace, ports)
                            .command(
                                    "consumer-daemon", command, configs.consumer(command, topics, ROLL_AGE), arguments),
                    workspace.run());
        }
    }

    /**
     * Publishes a source to its end.
     *
     * @return the exit code
     */
    public int publish(Source source) throws CommandFailure, IOException {
        try (Ports ports = Ports.claim()) {
            ConfigFiles configs = new ConfigFiles(workspace, ports, endpoints);
            return Foreground.run(
                    new Programs(installation, workspace, ports).producer(source, configs.producer(source)),
                    workspace.run());
        }
    }
}

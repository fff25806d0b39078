package io.tributary.sandbox.cli.process;

import java.util.List;
import java.util.Map;

/**
 * How to start one process. Immutable.
 *
 * @param name        the process's name, that of its log and pid files
 * @param command     the command and its arguments
 * @param environment variables on top of the launcher's own, for secrets
 * @param kind        what its end means
 */
public record Program(String name, List<String> command, Map<String, String> environment, Kind kind) {
    public Program {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }

    /** What a process is for, which decides when it is ready and what its end means. */
    public enum Kind {
        /** Says {@code ready {...}} when it serves, and should not end by itself. */
        SERVER,
        /** As a server, but the others do without it: when it is given up, they go on. */
        EXTRA_SERVER,
        /** Is ready as soon as it runs, and should not end by itself. */
        DAEMON,
        /** Works until it is done: exit code 0 is success. */
        TASK
    }

    /** Whether it says itself when it serves. */
    boolean serves() {
        return kind == Kind.SERVER || kind == Kind.EXTRA_SERVER;
    }

    /** Whether the others can do without it. */
    boolean isSpared() {
        return kind == Kind.TASK || kind == Kind.EXTRA_SERVER;
    }

    /** Hides the environment: it carries secrets. */
    @Override
    public String toString() {
        return "Program[" + name + ", " + kind + "]";
    }
}

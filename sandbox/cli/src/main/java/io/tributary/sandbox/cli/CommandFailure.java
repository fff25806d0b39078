package io.tributary.sandbox.cli;

import java.io.Serial;

/** A command cannot go on, for a reason that its user can read: the message says what and what to do, in one line. */
public final class CommandFailure extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    private final int exitCode;

    private CommandFailure(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    /** Something failed: exit code 1. */
    public static CommandFailure failed(String message) {
        return new CommandFailure(1, message);
    }

    /** The command was not used right, or its input cannot be: exit code 2. */
    public static CommandFailure usage(String message) {
        return new CommandFailure(2, message);
    }

    /** The code that the command ends with. */
    public int exitCode() {
        return exitCode;
    }
}

package io.tributary.sandbox.cli.process;

import java.io.Serial;

/** A process ended, and starting it again would not help or did not. The message is for people. */
public final class ProcessFailure extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String process;
    private final String reason;
    private final int exitCode;

    ProcessFailure(String process, String reason, int exitCode, String message) {
        super(message);
        this.process = process;
        this.reason = reason;
        this.exitCode = exitCode;
    }

    /** Which process. */
    public String process() {
        return process;
    }

    /** What it ended with. */
    public int exitCode() {
        return exitCode;
    }

    /** What the process itself said. */
    public String reason() {
        return reason;
    }
}

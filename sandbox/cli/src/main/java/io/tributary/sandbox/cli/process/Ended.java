package io.tributary.sandbox.cli.process;

/**
 * How a process ended.
 *
 * @param exitCode        its exit code; 128 and more means by a signal
 * @param wasReady        whether it served before
 * @param afterMillis     how long it ran
 * @param othersDied      whether another process had died while it ran, or shortly before
 */
record Ended(int exitCode, boolean wasReady, long afterMillis, boolean othersDied) {
    private static final int SIGNALLED = 128;

    boolean bySignal() {
        return exitCode > SIGNALLED;
    }

    String describe() {
        if (exitCode == SIGNALLED + 9) {
            return "was killed";
        }
        return bySignal() ? "was ended by signal " + (exitCode - SIGNALLED) : "ended with exit code " + exitCode;
    }
}

package io.tributary.sandbox.cli.process;

import java.time.Duration;

/**
 * What to do about a process that ended without being told to. Pure.
 *
 * @param maxTries how many failures in a row are met with a restart
 * @param first    the delay before the first restart; doubles from there
 * @param settled  a process that ran for so long begins a new row
 */
record RestartPolicy(int maxTries, Duration first, Duration settled) {
    private static final int BAD_CONFIG = 2;

    static RestartPolicy standard() {
        return new RestartPolicy(5, Duration.ofMillis(200), Duration.ofSeconds(30));
    }

    /** The decision. */
    sealed interface Decision {}

    /** Its work is done. */
    record Done() implements Decision {}

    /** Starting it again would not help. */
    record GiveUp() implements Decision {}

    /** Start it again. */
    record Restart(Duration delay) implements Decision {}

    /**
     * Decides.
     *
     * @param kind     what the process is for
     * @param ended    how it ended
     * @param failures how often in a row it had failed before this time
     */
    Decision decide(Program.Kind kind, Ended ended, int failures) {
        if (kind == Program.Kind.TASK && ended.exitCode() == 0) {
            return new Done();
        }
        if (ended.exitCode() == BAD_CONFIG) {
            return new GiveUp();
        }
        boolean refusedByItself = !ended.bySignal() && !ended.othersDied();
        if (refusedByItself && (kind == Program.Kind.TASK || !ended.wasReady())) {
            return new GiveUp();
        }
        int inRow = failuresInRow(ended, failures);
        if (inRow >= maxTries) {
            return new GiveUp();
        }
        return new Restart(first.multipliedBy(1L << inRow));
    }

    /** How many failures in a row there were before this one, which counts from new after a long run. */
    int failuresInRow(Ended ended, int failures) {
        return ended.afterMillis() >= settled.toMillis() ? 0 : failures;
    }
}

package io.tributary.sandbox.cli.pipeline;

import io.tributary.daemon.Failures;
import io.tributary.daemon.MonotonicClock;
import io.tributary.sandbox.cli.CommandFailure;
import io.tributary.sandbox.cli.client.Unreachable;
import io.tributary.sandbox.cli.process.Patience;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Asks servers that may have been killed and are then started again. Used by the command's thread.
 *
 * @param patience ends the asking when the supervisor gives a server up
 */
record Questions(Patience patience, MonotonicClock clock) {
    /** As long as a start may take. */
    private static final Duration BACK_WITHIN = Duration.ofMinutes(3);

    private static final long PAUSE_MILLIS = 200;

    /**
     * The answer, asked for again and again where the server is away.
     *
     * @throws CommandFailure if the server was given up, or is away for three minutes
     */
    <T> T answer(Supplier<T> question) throws CommandFailure {
        long until = clock.millis() + BACK_WITHIN.toMillis();
        while (true) {
            try {
                return question.get();
            } catch (RuntimeException away) {
                if (!Unreachable.is(away)) {
                    throw away;
                }
                if (clock.millis() >= until) {
                    throw CommandFailure.failed(Failures.oneLine(away) + "; the same command goes on from here");
                }
                patience.pause(PAUSE_MILLIS);
            }
        }
    }
}

package io.tributary.sandbox.cli.console;

import io.tributary.daemon.MonotonicClock;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * The output of a command. On a terminal, progress is one line that is written over; elsewhere it is a plain line
 * every five seconds. Safe for many threads.
 */
public final class Console {
    /** What a terminal takes as: empty this line. */
    public static final String CLEAR = "\r\033[K";

    private static final long TERMINAL_MILLIS = 150;
    private static final long PLAIN_MILLIS = 5_000;

    private final PrintStream out;
    private final boolean terminal;
    private final int width;
    private final MonotonicClock clock;
    private long progressAt;
    private boolean progressShows;

    /**
     * A console.
     *
     * @param out      where to print
     * @param terminal whether a line can be written over there
     * @param width    the terminal's columns
     */
    public Console(PrintStream out, boolean terminal, int width, MonotonicClock clock) {
        this.out = out;
        this.terminal = terminal;
        this.width = width;
        this.clock = clock;
        progressAt = clock.millis();
    }

    /** Whether progress is one line that is written over. */
    public boolean terminal() {
        return terminal;
    }

    /** Prints a line that stays. */
    public synchronized void line(String text) {
        clear();
        out.println(text);
        out.flush();
    }

    /** Prints a step that is done: its name, what it did, how long it took. */
    public void step(String name, String what, Duration took) {
        line(String.format(Locale.ROOT, "  %-8s %-60s %10s", name, what, Text.time(took)));
    }

    /** Something about a step, indented below it. */
    public void note(String text) {
        line("  " + " ".repeat(8) + " " + text);
    }

    /** Shows how far a step is, unless the last time was a moment ago. */
    public void progress(String name, String what) {
        progress(name, () -> what);
    }

    /** As the other, for what takes some work to find out: it is asked only when it will be shown. */
    public synchronized void progress(String name, Supplier<String> what) {
        long now = clock.millis();
        if (now - progressAt < (terminal ? TERMINAL_MILLIS : PLAIN_MILLIS)) {
            return;
        }
        progressAt = now;
        String text = String.format(Locale.ROOT, "  %-8s %s", name, what.get());
        if (terminal) {
            out.print(CLEAR + Text.shorten(text, Math.max(20, width - 1)));
            out.flush();
            progressShows = true;
        } else {
            out.println(text);
            out.flush();
        }
    }

    /** Begins a step: the next progress is shown when it is due from now. */
    public synchronized void begin() {
        progressAt = clock.millis();
    }

    private void clear() {
        if (progressShows) {
            out.print(CLEAR);
            progressShows = false;
        }
    }
}

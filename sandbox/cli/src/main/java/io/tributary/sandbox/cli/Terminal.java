package io.tributary.sandbox.cli;

import io.tributary.daemon.MonotonicClock;
import io.tributary.sandbox.cli.console.Console;

/** The terminal that the launcher script found. Stateless. */
final class Terminal {
    private static final int WIDTH = 100;

    private Terminal() {}

    /** Standard output, for commands that tell what they do. */
    static Console out() {
        return new Console(System.out, flag("tributary.out.terminal"), width(), MonotonicClock.system());
    }

    /** Standard error, for commands whose output is a result. */
    static Console err() {
        return new Console(System.err, flag("tributary.err.terminal"), width(), MonotonicClock.system());
    }

    /** Takes away the progress that may stand on the terminal, before something else is said. */
    static void clear() {
        if (flag("tributary.out.terminal")) {
            System.out.print(Console.CLEAR);
            System.out.flush();
        }
    }

    private static boolean flag(String name) {
        return "1".equals(System.getProperty(name));
    }

    private static int width() {
        Integer width = Integer.getInteger("tributary.columns");
        return width == null || width <= 0 ? WIDTH : width;
    }
}

package io.tributary.sandbox.cli.console;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;

/** Numbers and times as people read them. Pure. */
public final class Text {
    private static final int MINUTE = 60;
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

    private Text() {}

    /** {@code 1,234,567}. */
    public static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** {@code 1 record}, {@code 2,000 records}. */
    public static String count(long number, String thing) {
        return count(number) + " " + thing + (number == 1 ? "" : "s");
    }

    /** {@code 3.2 s}, {@code 2 min 05 s}. */
    public static String time(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds < MINUTE) {
            return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
        }
        return String.format(Locale.ROOT, "%d min %02d s", seconds / MINUTE, seconds % MINUTE);
    }

    /** {@code 42 s}, {@code 3 min}: for what is only an estimate. */
    public static String roughly(Duration duration) {
        long seconds = Math.max(1, duration.toSeconds());
        return seconds < 2 * MINUTE ? seconds + " s" : (seconds + MINUTE / 2) / MINUTE + " min";
    }

    /** At most so many characters, on one line, and nothing that a terminal would obey. */
    public static String shorten(String text, int longest) {
        String line = CONTROL.matcher(text.replaceAll("\\s*\\R\\s*", " | ")).replaceAll("\uFFFD");
        return line.length() <= longest ? line : line.substring(0, longest - 1) + "…";
    }
}

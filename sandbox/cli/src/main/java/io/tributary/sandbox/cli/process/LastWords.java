package io.tributary.sandbox.cli.process;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds in a process's output why it ended. Programs say it on a line that begins with their name; where it ends with a
 * colon, the indented lines below it belong to it. Pure.
 */
final class LastWords {
    private static final Pattern SAID =
            Pattern.compile("(?:kafka|s3|catalog|merge|sql|producer-daemon|consumer-daemon): (?<why>.+)");
    private static final Pattern JVM = Pattern.compile("(?:Error|Exception in thread \"[^\"]+\"):? (?<why>.+)");

    private LastWords() {}

    /** The last line meant for people, without the program's name; else the JVM's own complaint; else the last line. */
    static Optional<String> in(String output) {
        String said = null;
        String complaint = null;
        String last = null;
        boolean list = false;
        for (String line : output.lines().toList()) {
            if (line.isBlank()) {
                continue;
            }
            last = line.strip();
            if (list && said != null && line.startsWith("  ")) {
                said += (said.endsWith(":") ? " " : "; ") + last;
                continue;
            }
            String before = said;
            said = why(SAID, line, said);
            list = said != null && !said.equals(before) && said.endsWith(":");
            complaint = why(JVM, line, complaint);
        }
        if (said != null) {
            return Optional.of(said);
        }
        return Optional.ofNullable(complaint != null ? complaint : last);
    }

    private static @Nullable String why(Pattern pattern, String line, @Nullable String otherwise) {
        Matcher matcher = pattern.matcher(line);
        return matcher.matches() ? matcher.group("why").strip() : otherwise;
    }
}

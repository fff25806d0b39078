package io.tributary.sandbox.cli.process;

import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The line by which a server says that it serves: {@code ready {"name":"kafka","port":9092}}. Pure. */
final class ReadyLine {
    private static final Pattern READY = Pattern.compile("(?m)^ready \\{\"name\":\"[^\"]+\",\"port\":([0-9]+)\\}\\R");

    private ReadyLine() {}

    /** The port, if the output has the whole line. */
    static OptionalInt find(String output) {
        Matcher matcher = READY.matcher(output);
        return matcher.find() ? OptionalInt.of(Integer.parseInt(matcher.group(1))) : OptionalInt.empty();
    }
}

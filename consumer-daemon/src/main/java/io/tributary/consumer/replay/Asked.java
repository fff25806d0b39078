package io.tributary.consumer.replay;

import io.tributary.staging.OffsetRange;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a replay was asked to read again. Each link it writes carries it: a time names other offsets later.
 *
 * @param words   as it was asked for, without white space
 * @param offsets what that meant when the generation was begun
 */
public record Asked(String words, OffsetRange offsets) {
    private static final Pattern SIGN = Pattern.compile("replay (\\S+) = ([0-9]{1,18})-([0-9]{1,18}) .*");

    /** What the writer of a generation's link was asked for; empty if it was no replay. */
    public static Optional<Asked> of(String writer) {
        Matcher sign = SIGN.matcher(writer);
        return sign.matches()
                ? Optional.of(new Asked(
                        sign.group(1), new OffsetRange(Long.parseLong(sign.group(2)), Long.parseLong(sign.group(3)))))
                : Optional.empty();
    }

    String sign() {
        return "replay " + words + " = " + offsets.from() + "-" + offsets.next() + " ";
    }
}

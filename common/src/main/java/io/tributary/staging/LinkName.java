package io.tributary.staging;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names one object of a chain by the first offset that it covers. Creating that name, only if it is absent, is what
 * makes a link belong to exactly one writer.
 *
 * @param chain       the chain it belongs to
 * @param from        the first offset covered, inclusive, from 0
 * @param compression the codec of its lines; fixed by the predecessor, so that all writers contend for one name
 */
public record LinkName(ChainId chain, long from, Compression compression) implements Comparable<LinkName> {
    private static final Pattern TAIL =
            Pattern.compile("([^/]+)/incarnation=([^/]+)/partition=([0-9]{1,9})/([0-9]{20})(\\.jsonl\\.(?:gz|zst))");

    public LinkName {
        if (from < 0) {
            throw new IllegalArgumentException("offset " + from + " is negative");
        }
    }

    /** The name of a chain's first link, which is the same for every writer: offset 0 and gzip. */
    public static LinkName first(ChainId chain) {
        return new LinkName(chain, 0, Compression.GZIP);
    }

    /** The object key under the given staging prefix (no trailing {@code /}). */
    public String key(String stagingPrefix) {
        return chain.keyPrefix(stagingPrefix) + digits(from) + compression.suffix();
    }

    /**
     * Reads a name back from an object key.
     *
     * @return empty if the key is not that of a link under this prefix
     */
    public static Optional<LinkName> parse(String stagingPrefix, String key) {
        String base = stagingPrefix.isEmpty() ? "" : stagingPrefix + "/";
        if (!key.startsWith(base)) {
            return Optional.empty();
        }
        Matcher matcher = TAIL.matcher(key.substring(base.length()));
        if (!matcher.matches()) {
            return Optional.empty();
        }
        ChainId chain = new ChainId(matcher.group(1), matcher.group(2), Integer.parseInt(matcher.group(3)));
        Compression compression =
                Compression.GZIP.suffix().equals(matcher.group(5)) ? Compression.GZIP : Compression.ZSTD;
        try {
            return Optional.of(new LinkName(chain, Long.parseLong(matcher.group(4)), compression));
        } catch (NumberFormatException beyondLong) {
            return Optional.empty();
        }
    }

    /** An offset as the 20 digits that make keys sort by offset. */
    public static String digits(long offset) {
        return String.format(Locale.ROOT, "%020d", offset);
    }

    @Override
    public int compareTo(LinkName other) {
        return Long.compare(from, other.from);
    }
}

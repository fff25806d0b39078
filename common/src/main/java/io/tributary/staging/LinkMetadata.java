package io.tributary.staging;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a link says of itself, kept as the object's user metadata and written in the same atomic put as its lines.
 *
 * @param next            the offset at which the next link begins: the writer's position, so that transaction markers
 *                        and compacted offsets belong to a link
 * @param records         how many lines it holds; 0 only for a skip or a range without records
 * @param digest          {@code sha256:} and the hex digest of the uncompressed lines
 * @param timestamps      the first and last record's timestamps, absent where there are no records
 * @param writer          unique to the process that wrote it
 * @param cut             why it was closed
 * @param began           on a first link only: the offset at which consumption began, where that is not 0
 * @param lost            offsets that had expired before they were read and that this link covers, if any
 * @param nextCompression the codec of the next link, so that every writer contends for the same name
 * @param reason          on a skip: why someone moved on past these offsets, in their words
 * @param generation      on a link that ends a chain, and on no other: the staging prefix that the chain goes on under
 */
public record LinkMetadata(
        long next,
        long records,
        String digest,
        Optional<Timestamps> timestamps,
        String writer,
        CutReason cut,
        OptionalLong began,
        Optional<OffsetRange> lost,
        Compression nextCompression,
        Optional<String> reason,
        Optional<String> generation) {
    /** The only format there is. A reader refuses any other. */
    public static final String FORMAT = "1";

    private static final String PREFIX = "tributary-";
    /** All user metadata of an object together may have 2 KiB. */
    private static final int LONGEST_REASON = 1000;

    private static final Pattern RANGE = Pattern.compile("([0-9]{1,18})-([0-9]{1,18})");

    /**
     * Timestamps of a link's records, epoch milliseconds.
     *
     * @param first that of the first record by offset
     * @param last  that of the last record by offset; may be the earlier one, since producers set timestamps
     */
    public record Timestamps(long first, long last) {}

    /** Of a link that gives no reason. */
    public LinkMetadata(
            long next,
            long records,
            String digest,
            Optional<Timestamps> timestamps,
            String writer,
            CutReason cut,
            OptionalLong began,
            Optional<OffsetRange> lost,
            Compression nextCompression) {
        this(
                next,
                records,
                digest,
                timestamps,
                writer,
                cut,
                began,
                lost,
                nextCompression,
                Optional.empty(),
                Optional.empty());
    }

    /**
     * Of the link that ends a chain in one generation, so that it goes on in another.
     *
     * @param name       the link's: its codec is that of the link which follows, for that has the same name
     * @param generation the staging prefix of the other
     */
    public static LinkMetadata seal(LinkName name, String writer, String generation) {
        return new LinkMetadata(
                name.from(),
                0,
                LineDigest.ofNothing(),
                Optional.empty(),
                writer,
                CutReason.SWITCHED,
                OptionalLong.empty(),
                Optional.empty(),
                name.compression(),
                Optional.empty(),
                Optional.of(generation));
    }

    /** Whether a text is short enough to be kept as a reason: about 1000 letters, or 100 of scripts other than Latin. */
    public static boolean isShortEnough(String reason) {
        return MetadataText.encode(reason).length() <= LONGEST_REASON;
    }

    /**
     * The same with a reason, its white space made plain.
     *
     * @param text {@linkplain #isShortEnough short enough}
     */
    public LinkMetadata because(String text) {
        if (!isShortEnough(text)) {
            throw new IllegalArgumentException("the reason is too long for object metadata");
        }
        return new LinkMetadata(
                next,
                records,
                digest,
                timestamps,
                writer,
                cut,
                began,
                lost,
                nextCompression,
                Optional.of(MetadataText.normalized(text)),
                generation);
    }

    /** The same as another writer would have it. */
    public LinkMetadata by(String other) {
        return new LinkMetadata(
                next, records, digest, timestamps, other, cut, began, lost, nextCompression, reason, generation);
    }

    /** The user metadata of the object, keys in lower case without {@code x-amz-meta-}. */
    public Map<String, String> toMap() {
        Map<String, String> map = new LinkedHashMap<>();
        map.put(PREFIX + "format", FORMAT);
        map.put(PREFIX + "next", Long.toString(next));
        map.put(PREFIX + "records", Long.toString(records));
        map.put(PREFIX + "digest", digest);
        timestamps.ifPresent(range -> {
            map.put(PREFIX + "first-timestamp", Long.toString(range.first()));
            map.put(PREFIX + "last-timestamp", Long.toString(range.last()));
        });
        map.put(PREFIX + "writer", writer);
        map.put(PREFIX + "cut", cut.label());
        began.ifPresent(offset -> map.put(PREFIX + "began", Long.toString(offset)));
        lost.ifPresent(range -> map.put(PREFIX + "lost", range.from() + "-" + range.next()));
        map.put(PREFIX + "next-compression", nextCompression.label());
        reason.ifPresent(text -> map.put(PREFIX + "reason", MetadataText.encode(text)));
        generation.ifPresent(prefix -> map.put(PREFIX + "generation", MetadataText.encode(prefix)));
        return map;
    }

    /**
     * Reads metadata back.
     *
     * @param name the link's name: its codec is the next one's where the metadata does not say
     * @param map  the object's user metadata
     * @throws MalformedLinkException naming the link and the field that is missing or wrong
     */
    public static LinkMetadata parse(LinkName name, Map<String, String> map) {
        Fields fields = new Fields(name, map);
        String format = fields.text("format");
        if (!FORMAT.equals(format)) {
            throw fields.malformed("format", "is '" + format + "'; this version reads " + FORMAT);
        }
        long next = fields.number("next");
        long records = fields.number("records");
        if (next < name.from()) {
            throw fields.malformed("next", "is " + next + ", before the link's first offset " + name.from());
        }
        if (records > next - name.from()) {
            throw fields.malformed("records", "is " + records + ", more than offsets in [from, next)");
        }
        CutReason cut = fields.cut();
        return new LinkMetadata(
                next,
                records,
                fields.text("digest"),
                fields.has("first-timestamp")
                        ? Optional.of(new Timestamps(fields.signed("first-timestamp"), fields.signed("last-timestamp")))
                        : Optional.empty(),
                fields.text("writer"),
                cut,
                fields.has("began") ? OptionalLong.of(fields.number("began")) : OptionalLong.empty(),
                fields.has("lost") ? Optional.of(fields.range("lost")) : Optional.empty(),
                fields.compression(name.compression()),
                fields.has("reason") ? Optional.of(MetadataText.decode(fields.text("reason"))) : Optional.empty(),
                cut == CutReason.SWITCHED ? Optional.of(fields.generation(next)) : Optional.empty());
    }

    /** The link that follows: where, and under which name, the next one must be created. */
    public LinkName successor(LinkName name) {
        return new LinkName(name.chain(), next, nextCompression);
    }

    private record Fields(LinkName name, Map<String, String> map) {
        boolean has(String field) {
            return map.containsKey(PREFIX + field);
        }

        String text(String field) {
            String value = map.get(PREFIX + field);
            if (value == null) {
                throw malformed(field, "is missing");
            }
            return value;
        }

        long number(String field) {
            long value = signed(field);
            if (value < 0) {
                throw malformed(field, "is " + value + ", which is negative");
            }
            return value;
        }

        long signed(String field) {
            String value = text(field);
            try {
                return Long.parseLong(value);
            } catch (NumberFormatException notANumber) {
                throw malformed(field, "is '" + value + "', which is no number");
            }
        }

        OffsetRange range(String field) {
            Matcher matcher = RANGE.matcher(text(field));
            if (!matcher.matches()) {
                throw malformed(field, "is '" + text(field) + "', which is no range");
            }
            return new OffsetRange(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2)));
        }

        CutReason cut() {
            String value = text("cut");
            return CutReason.ofLabel(value)
                    .orElseThrow(() -> malformed("cut", "is '" + value + "', which is no reason"));
        }

        String generation(long next) {
            if (next != name.from()) {
                throw malformed("next", "is " + next + ", though the link ends the chain and covers nothing");
            }
            String prefix = MetadataText.decode(text("generation"));
            if (prefix.isEmpty() || prefix.startsWith("/") || prefix.endsWith("/")) {
                throw malformed("generation", "is '" + prefix + "', which is no staging prefix");
            }
            return prefix;
        }

        Compression compression(Compression own) {
            if (!has("next-compression")) {
                return own;
            }
            String value = text("next-compression");
            return Compression.ofLabel(value)
                    .orElseThrow(() -> malformed("next-compression", "is '" + value + "', which is no codec"));
        }

        MalformedLinkException malformed(String field, String problem) {
            return new MalformedLinkException(name, PREFIX + field + " " + problem);
        }
    }
}

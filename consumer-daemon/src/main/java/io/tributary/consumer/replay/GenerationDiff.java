package io.tributary.consumer.replay;

import io.tributary.consumer.store.StagedChain;
import io.tributary.consumer.store.StoreException;
import io.tributary.staging.ChainCheck;
import io.tributary.staging.ChainId;
import io.tributary.staging.Link;
import io.tributary.staging.OffsetRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Compares two generations of a chain: link by link by digest, and where these differ line by line. Confined to one
 * thread.
 */
public final class GenerationDiff {
    private GenerationDiff() {}

    /** What became of an offset. */
    public enum Change {
        /** Both generations have it, with another line. */
        CHANGED,
        /** Only the old generation has it. */
        MISSING,
        /** Only the new generation has it. */
        ADDED,
        /** The links say other things of expired offsets, or of where consumption began. */
        METADATA
    }

    /** Consecutive lines that became the same; of metadata, the offsets concerned and no records. */
    public record Difference(Change change, long first, long last, long records) {
        boolean within(OffsetRange range) {
            return first >= range.from() && last < range.next();
        }
    }

    /**
     * The outcome.
     *
     * @param equal       records that are the same in both
     * @param differences all others
     * @param oldEnd      where the old generation ends
     * @param newEnd      where the new one ends
     * @param faults      holes, overlaps and damaged links of the new one
     */
    public record Report(long equal, List<Difference> differences, long oldEnd, long newEnd, List<String> faults) {
        public Report {
            differences = List.copyOf(differences);
            faults = List.copyOf(faults);
        }

        /** What speaks against the new generation, if anything does. */
        public Optional<String> objection(OffsetRange asked) {
            if (!faults.isEmpty()) {
                return Optional.of(faults.get(0));
            }
            if (oldEnd != newEnd) {
                return Optional.of("it ends at offset " + newEnd + ", the old generation at " + oldEnd);
            }
            return differences.stream()
                    .filter(difference -> !difference.within(asked))
                    .findFirst()
                    .map(difference -> "it differs at offsets " + difference.first() + " to " + difference.last()
                            + ", outside of " + asked + ", which were asked for");
        }

        /** Whether the new generation is whole, as long as the old one, and differs where it was asked to or nowhere. */
        public boolean isGood(OffsetRange asked) {
            return objection(asked).isEmpty();
        }
    }

    /** Compares. */
    public static Report compare(ChainId chain, StagedChain old, StagedChain generation) throws StoreException {
        List<Link> before = old.links(chain);
        List<Link> after = generation.links(chain);
        TreeSet<Long> common = new TreeSet<>(ends(before));
        common.retainAll(ends(after));
        common.add(Long.MAX_VALUE);
        List<Difference> differences = new ArrayList<>();
        List<String> faults = new ArrayList<>();
        ChainCheck.faults(0, after).forEach(fault -> faults.add(fault.toString()));
        // Whoever has read the old chain to one of its ends must be able to go on there.
        ends(before).stream()
                .filter(end -> end < end(after) && !common.contains(end))
                .forEach(end -> faults.add("no link ends at offset " + end + ", where an old one does"));
        long equal = 0;
        int left = 0;
        int right = 0;
        // Between two ends that both have, only the links of that window need to be held.
        for (long end : common) {
            List<Link> leftLinks = upTo(before, left, end);
            List<Link> rightLinks = upTo(after, right, end);
            left += leftLinks.size();
            right += rightLinks.size();
            Marks.compare(leftLinks, rightLinks).ifPresent(differences::add);
            if (leftLinks.size() == 1 && rightLinks.size() == 1 && same(leftLinks.get(0), rightLinks.get(0))) {
                equal += leftLinks.get(0).metadata().records();
            } else {
                Content was = content(old, leftLinks);
                Content is = content(generation, rightLinks);
                is.damaged().forEach(link -> faults.add(link.name() + " does not hold what its digest says"));
                equal += lines(was, is, differences);
            }
        }
        return new Report(equal, differences, end(before), end(after), faults);
    }

    private static boolean same(Link one, Link other) {
        return one.range().equals(other.range())
                && one.metadata().digest().equals(other.metadata().digest());
    }

    private static long lines(Content oldContent, Content newContent, List<Difference> differences) {
        SortedMap<Long, byte[]> before = oldContent.lines();
        SortedMap<Long, byte[]> after = newContent.lines();
        // Of a damaged link nothing can be said line by line: all that it covers has changed.
        for (Link link : Stream.concat(oldContent.damaged().stream(), newContent.damaged().stream())
                .toList()) {
            OffsetRange range = link.range();
            SortedMap<Long, byte[]> there = before.subMap(range.from(), range.next());
            SortedMap<Long, byte[]> here = after.subMap(range.from(), range.next());
            long records = Math.max(link.metadata().records(), Math.max(there.size(), here.size()));
            there.clear();
            here.clear();
            differences.add(
                    new Difference(Change.CHANGED, range.from(), Math.max(range.from(), range.next() - 1), records));
        }
        TreeSet<Long> offsets = new TreeSet<>(before.keySet());
        offsets.addAll(after.keySet());
        long equal = 0;
        @Nullable Difference open = null;
        for (long offset : offsets) {
            byte[] one = before.get(offset);
            byte[] other = after.get(offset);
            if (one != null && other != null && Arrays.equals(one, other)) {
                equal++;
                open = null;
                continue;
            }
            Change change = one == null ? Change.ADDED : other == null ? Change.MISSING : Change.CHANGED;
            if (open != null && open.change() == change) {
                differences.remove(differences.size() - 1);
                open = new Difference(change, open.first(), offset, open.records() + 1);
            } else {
                open = new Difference(change, offset, offset, 1);
            }
            differences.add(open);
        }
        return equal;
    }

    private record Content(SortedMap<Long, byte[]> lines, List<Link> damaged) {}

    private static Content content(StagedChain store, List<Link> links) throws StoreException {
        Content content = new Content(new TreeMap<>(), new ArrayList<>());
        for (Link link : links) {
            try {
                Line.sound(store, link)
                        .ifPresentOrElse(
                                lines -> lines.forEach(line -> content.lines().put(line.offset(), line.bytes())),
                                () -> content.damaged().add(link));
            } catch (IllegalArgumentException noLines) {
                throw new IllegalStateException("link " + link.name() + " holds something else than lines", noLines);
            }
        }
        return content;
    }

    private static List<Link> upTo(List<Link> links, int from, long end) {
        return links.subList(from, links.size()).stream()
                .takeWhile(link -> link.metadata().next() <= end)
                .toList();
    }

    private static List<Long> ends(List<Link> links) {
        return links.stream().map(link -> link.metadata().next()).toList();
    }

    private static long end(List<Link> links) {
        return links.isEmpty() ? 0 : links.get(links.size() - 1).metadata().next();
    }
}

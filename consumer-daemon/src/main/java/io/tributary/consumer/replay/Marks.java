package io.tributary.consumer.replay;

import io.tributary.staging.Link;
import io.tributary.staging.OffsetRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * What links say of offsets that no link holds. It is the same however the links are cut.
 *
 * @param began where consumption began, where that is not 0
 * @param lost  what had expired, ranges that touch joined
 */
record Marks(OptionalLong began, List<OffsetRange> lost) {

    /** What differs between links of the same offsets. */
    static Optional<GenerationDiff.Difference> compare(List<Link> before, List<Link> after) {
        if (of(before).equals(of(after))) {
            return Optional.empty();
        }
        long first = Stream.concat(before.stream(), after.stream())
                .mapToLong(link -> link.name().from())
                .min()
                .orElse(0);
        long next = Stream.concat(before.stream(), after.stream())
                .mapToLong(link -> link.metadata().next())
                .max()
                .orElse(first);
        return Optional.of(
                new GenerationDiff.Difference(GenerationDiff.Change.METADATA, first, Math.max(first, next - 1), 0));
    }

    private static Marks of(List<Link> links) {
        OptionalLong began = OptionalLong.empty();
        List<OffsetRange> lost = new ArrayList<>();
        for (Link link : links) {
            began = began.isPresent() ? began : link.metadata().began();
            link.metadata().lost().ifPresent(range -> join(lost, range));
        }
        return new Marks(began, lost);
    }

    private static void join(List<OffsetRange> ranges, OffsetRange range) {
        int last = ranges.size() - 1;
        if (last >= 0 && ranges.get(last).next() == range.from()) {
            ranges.set(last, new OffsetRange(ranges.get(last).from(), range.next()));
        } else {
            ranges.add(range);
        }
    }
}

package io.tributary.consumer.simulation;

import io.tributary.consumer.simulation.SimulatedStore.Stored;
import io.tributary.staging.ChainCheck;
import io.tributary.staging.ChainId;
import io.tributary.staging.CutReason;
import io.tributary.staging.Link;
import io.tributary.staging.OffsetRange;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/** What must hold after every step, and at the end. Stateless. */
final class Invariants {
    private Invariants() {}

    /**
     * The first violation: a hole, an overlap, a record twice, missing, outside its link or of another incarnation, an
     * offset called lost that can be read, an offset committed that no link covers.
     */
    static Optional<String> always(World world) {
        if (world.violation.isPresent()) {
            return world.violation;
        }
        for (int incarnation = 0; incarnation < world.logs.size(); incarnation++) {
            World.Log log = world.logs.get(incarnation);
            List<Link> links = new ArrayList<>();
            for (Stored object : world.store.chain(log.chain).values()) {
                links.add(object.link());
            }
            Optional<String> behind = behindAnEnd(world, log.chain);
            if (behind.isPresent()) {
                return behind;
            }
            List<ChainCheck.Fault> faults = ChainCheck.faults(begin(log, links), links);
            if (!faults.isEmpty()) {
                return Optional.of(log.chain + ": " + faults.get(0));
            }
            for (Stored object : world.store.chain(log.chain).values()) {
                Optional<String> wrong = content(log, incarnation, object);
                if (wrong.isPresent()) {
                    return wrong;
                }
            }
        }
        return Optional.empty();
    }

    /** A generation that was written before a clean-up of the one that it follows begins at 0. */
    private static long begin(World.Log log, List<Link> links) {
        return links.isEmpty() ? log.cleaned : Math.min(links.get(0).name().from(), log.cleaned);
    }

    /** Where a chain has ended, it goes on nowhere but in the generation that follows. */
    private static Optional<String> behindAnEnd(World world, ChainId chain) {
        for (String left : world.store.path(chain).left()) {
            Link last = world.store.of(left).chain(chain).lastEntry().getValue().link();
            if (!last.isSeal()) {
                return Optional.of(last + " is behind the end of its chain in " + left);
            }
        }
        return Optional.empty();
    }

    /** Once all is read and the last writer was stopped in peace, nothing is left to be taken for lost. */
    static Optional<String> whenDrained(World world) {
        World.Log log = world.log();
        long end = world.store.end(log.chain);
        return end == log.end
                ? Optional.empty()
                : Optional.of(log.chain + " ends at " + end + ", though all is read up to " + log.end);
    }

    private static Optional<String> content(World.Log log, int incarnation, Stored object) {
        Link link = object.link();
        Optional<OffsetRange> lost = link.metadata().lost();
        long began = link.metadata().began().orElse(0);
        if (began > log.start || (lost.isPresent() && lost.get().next() > log.start)) {
            return Optional.of(link + " leaves out offsets that can be read");
        }
        BitSet missing = log.records.get(0, (int) link.metadata().next());
        missing.clear(0, (int) Math.max(began, link.name().from()));
        lost.ifPresent(range -> missing.clear((int) range.from(), (int) range.next()));
        long previous = link.name().from() - 1;
        long records = 0;
        for (byte[] piece : object.body().pieces()) {
            for (ByteBuffer tags = ByteBuffer.wrap(piece); tags.hasRemaining(); records++) {
                long tag = tags.getLong();
                long offset = tag % World.END;
                if (tag / World.END != incarnation) {
                    return Optional.of(link + " holds a record of another incarnation at offset " + offset);
                }
                if (offset <= previous || offset >= link.metadata().next()) {
                    return Optional.of(link + " holds offset " + offset + " twice or outside its range");
                }
                missing.clear((int) offset);
                previous = offset;
            }
        }
        if (!missing.isEmpty() && link.metadata().cut() != CutReason.SKIP) {
            return Optional.of(link + " covers offsets " + missing + " and does not hold their records");
        }
        return records == link.metadata().records()
                ? Optional.empty()
                : Optional.of(link + " holds " + records + " records");
    }
}

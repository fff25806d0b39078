package io.tributary.consumer.simulation;

import io.tributary.consumer.store.InMemoryStagingStore.Stored;
import io.tributary.staging.ChainCheck;
import io.tributary.staging.Link;
import io.tributary.staging.OffsetRange;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What must hold after every step, and at the end. Stateless. */
final class Invariants {
    private Invariants() {}

    /** The first violation: a hole, an overlap, a record twice, outside its link or of another incarnation. */
    static Optional<String> always(World world) {
        for (int incarnation = 0; incarnation < world.logs.size(); incarnation++) {
            List<Stored> chain = world.store.chain(world.logs.get(incarnation).chain);
            List<Link> links = chain.stream().map(Stored::link).collect(Collectors.toList());
            List<ChainCheck.Fault> faults = ChainCheck.faults(0, links);
            if (!faults.isEmpty()) {
                return Optional.of(faults.get(0).toString());
            }
            for (Stored object : chain) {
                Optional<String> wrong = content(world, incarnation, object);
                if (wrong.isPresent()) {
                    return wrong;
                }
            }
        }
        return Optional.empty();
    }

    /** Whether each record that did not expire unread is in the current chain. */
    static Optional<String> whenDrained(World world) {
        World.Log log = world.log();
        BitSet missing = (BitSet) log.records.clone();
        missing.clear((int) log.end, World.END);
        long from = 0;
        for (Stored object : world.store.chain(log.chain)) {
            Link link = object.link();
            if (from == 0) {
                missing.clear(0, (int) link.metadata().began().orElse(0));
            }
            from = link.metadata().next();
            link.metadata().lost().ifPresent(lost -> missing.clear((int) lost.from(), (int) lost.next()));
            for (ByteBuffer tags = ByteBuffer.wrap(object.content()); tags.hasRemaining(); ) {
                missing.clear((int) (tags.getLong() % World.END));
            }
        }
        if (world.end(log.chain).isEmpty()) {
            missing.clear(0, (int) log.start);
        }
        return missing.isEmpty() ? Optional.empty() : Optional.of("offsets " + missing + " are in no link");
    }

    private static Optional<String> content(World world, int incarnation, Stored object) {
        Link link = object.link();
        long previous = link.name().from() - 1;
        long records = 0;
        Optional<OffsetRange> lost = link.metadata().lost();
        if (lost.isPresent() && lost.get().next() > world.logs.get(incarnation).start) {
            return Optional.of(link + " calls offsets lost that can be read");
        }
        for (ByteBuffer tags = ByteBuffer.wrap(object.content()); tags.hasRemaining(); records++) {
            long tag = tags.getLong();
            long offset = tag % World.END;
            if (tag / World.END != incarnation) {
                return Optional.of(link + " holds a record of another incarnation at offset " + offset);
            }
            if (offset <= previous || offset >= link.metadata().next()) {
                return Optional.of(link + " holds offset " + offset + " twice or outside its range");
            }
            if (lost.isPresent()
                    && offset >= lost.get().from()
                    && offset < lost.get().next()) {
                return Optional.of(link + " holds offset " + offset + " and calls it lost");
            }
            previous = offset;
        }
        return records == link.metadata().records()
                ? Optional.empty()
                : Optional.of(link + " holds " + records + " records");
    }
}

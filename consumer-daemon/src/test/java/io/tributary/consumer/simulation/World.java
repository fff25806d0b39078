package io.tributary.consumer.simulation;

import io.tributary.consumer.chain.SkipPlan;
import io.tributary.consumer.store.ChainEnd;
import io.tributary.consumer.store.LinkAppend;
import io.tributary.consumer.store.LinkBody;
import io.tributary.consumer.store.StagingStore;
import io.tributary.consumer.store.StoreException;
import io.tributary.staging.ChainId;
import io.tributary.staging.CutReason;
import io.tributary.staging.Link;
import io.tributary.staging.LinkMetadata;
import io.tributary.staging.OffsetRange;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;

/** What the writers share: the partition's log, the group's committed offset, the store, time. Confined to one thread. */
final class World {
    static final int END = 200;

    final SimulatedGenerations store;
    final List<Log> logs = new ArrayList<>();
    OptionalLong committed = OptionalLong.empty();
    String note = "";
    long assignment;
    long now;
    long cleanings;
    Optional<String> violation = Optional.empty();
    private final long seed;

    /** One incarnation of the topic's partition. */
    static final class Log {
        final ChainId chain;
        /** Offsets that ever held a record. */
        final BitSet written = new BitSet();
        /** Those that compaction has left. */
        final BitSet records = new BitSet();

        long start;
        long end;
        /** Where the first link begins that is not cleaned up. */
        long cleaned;

        Log(ChainId chain) {
            this.chain = chain;
        }
    }

    World(long seed, boolean conditional) {
        this.seed = seed;
        this.store = new SimulatedGenerations(conditional);
        recreate();
    }

    Log log() {
        return logs.get(logs.size() - 1);
    }

    /** Transactions of random sizes, each with its marker, some aborted. */
    void recreate() {
        Random random = new Random(seed * 31 + logs.size());
        Log log = new Log(new ChainId("topic", "id" + logs.size(), 0));
        int longest = 1 + random.nextInt(12);
        for (int offset = 0; offset < END; offset++) {
            boolean committedRecords = random.nextInt(4) > 0;
            for (int size = 1 + random.nextInt(longest); size > 0 && offset < END; size--, offset++) {
                log.written.set(offset, committedRecords);
            }
        }
        log.records.or(log.written);
        log.start = random.nextInt(3) == 0 ? random.nextInt(40) : 0;
        log.end = log.start + random.nextInt(30);
        logs.add(log);
    }

    void produce(int offsets) {
        log().end = Math.min(END, log().end + offsets);
    }

    void expire(int offsets) {
        log().start = Math.min(log().end, log().start + offsets);
    }

    /** Every other record goes, as if a later one had its key. */
    void compact(int phase) {
        for (int offset = (int) log().start + phase; offset < log().end; offset += 2) {
            log().records.clear(offset);
        }
    }

    void clean() {
        cleanings++;
        for (Log log : logs) {
            log.cleaned = store.clean(log.chain);
        }
    }

    void meddle(int amount) {
        committed = amount % 2 == 0 ? OptionalLong.empty() : OptionalLong.of(amount * 10L);
        note = amount % 4 < 2 ? "" : "tributary link=" + amount * 10;
    }

    void skip(int offsets, Fate fate) {
        ChainId chain = log().chain;
        StagingStore seen = store.with(Fate.ANSWERED).following();
        try {
            Optional<Link> end = ChainEnd.find(seen, chain, OptionalLong.empty());
            OffsetRange readable = new OffsetRange(log().start, log().end);
            if (SkipPlan.of(chain, end, readable, store.end(chain) + offsets) instanceof SkipPlan.Append append) {
                LinkMetadata metadata = new LinkMetadata(
                        append.skipped().next(),
                        0,
                        "sha256:00",
                        Optional.empty(),
                        "someone",
                        CutReason.SKIP,
                        append.began(),
                        Optional.empty(),
                        append.name().compression());
                store.with(fate);
                LinkAppend.attempt(seen, append.name(), metadata, new LinkBody(List.of()));
            }
        } catch (StoreException unknown) {
            // Whoever asked for it is told to look.
        }
    }

    void commit(ChainId chain, long next, String newNote) {
        if (next > store.end(chain)) {
            violation = Optional.of("offset " + next + " is committed, but " + chain + " ends at " + store.end(chain));
        }
        committed = OptionalLong.of(next);
        note = newNote;
    }
}

package io.tributary.consumer.simulation;

import io.tributary.consumer.store.InMemoryStagingStore;
import io.tributary.staging.ChainId;
import io.tributary.staging.LinkName;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;

/** What the writers share: the partition's log, the group's committed offset, the store. Confined to one thread. */
final class World {
    static final int END = 300;

    final Random random;
    final InMemoryStagingStore store = new InMemoryStagingStore();
    /** Requests that a dead writer had sent and that the store has yet to see. */
    final List<Runnable> inTheAir = new ArrayList<>();

    final List<Log> logs = new ArrayList<>();
    OptionalLong committed = OptionalLong.empty();
    String note = "";
    long assignment;

    /** One incarnation of the topic's partition. */
    static final class Log {
        final ChainId chain;
        final BitSet records = new BitSet();
        long start;
        long end;

        Log(ChainId chain) {
            this.chain = chain;
        }
    }

    World(long seed) {
        random = new Random(seed);
        recreateTopic();
    }

    Log log() {
        return logs.get(logs.size() - 1);
    }

    void recreateTopic() {
        Log log = new Log(new ChainId("topic", "id" + logs.size(), 0));
        double density = random.nextDouble();
        for (int offset = 0; offset < END; offset++) {
            log.records.set(offset, random.nextDouble() < density);
        }
        log.start = random.nextInt(3) == 0 ? random.nextInt(40) : 0;
        log.end = log.start + random.nextInt(30);
        logs.add(log);
    }

    void produce() {
        log().end = Math.min(END, log().end + random.nextInt(15));
    }

    /** Retention takes records, staged or not. */
    void expire() {
        log().start = Math.min(log().end, log().start + random.nextInt(20));
    }

    /** The group's offsets are lost, or someone moves them. */
    void meddleWithOffsets() {
        committed = random.nextBoolean() ? OptionalLong.empty() : OptionalLong.of(random.nextInt(END));
        note = random.nextBoolean() ? "" : "tributary link=" + random.nextInt(END);
    }

    void commit(long next, String newNote) {
        committed = OptionalLong.of(next);
        note = newNote;
    }

    Optional<LinkName> end(ChainId chain) {
        return store.last(chain, OptionalLong.empty());
    }
}

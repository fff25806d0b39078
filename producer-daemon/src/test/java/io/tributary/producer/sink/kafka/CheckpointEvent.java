package io.tributary.producer.sink.kafka;

import io.tributary.producer.sink.kafka.SimulatedKafka.Fate;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.regex.Pattern;

/**
 * One step of a schedule.
 *
 * @param kind    what happens
 * @param process to which process, counted among those alive
 * @param amount  how much of it
 * @param fate    what becomes of the request, where there is one
 */
record CheckpointEvent(Kind kind, int process, int amount, Fate fate) {
    private static final List<Fate> FATES = List.of(Fate.values());
    private static final Pattern WORDS = Pattern.compile(" ");

    /** What may happen. */
    enum Kind {
        /** Another process of the same source begins, while the others think that they go on. */
        START(3),
        /** A process dies. */
        CRASH(2),
        /** A process takes one step towards a session: it shuts others out, or reads the checkpoint. */
        OPEN(20),
        /** A process sends records. */
        APPEND(24),
        /** A process commits what it sent, with its position. */
        COMMIT(24),
        /** A request that was on its way arrives. */
        ARRIVE(3),
        /** Transactions that are open for too long are aborted. */
        EXPIRE(2),
        /** The log of checkpoints is compacted. */
        COMPACT(3),
        /** Another source begins or ends a transaction on the log of checkpoints. */
        OTHER(3);

        private final int weight;

        Kind(int weight) {
            this.weight = weight;
        }

        private static Kind random(Random random) {
            int left = random.nextInt(84);
            for (Kind kind : values()) {
                left -= kind.weight;
                if (left < 0) {
                    return kind;
                }
            }
            throw new AssertionError(left);
        }
    }

    static CheckpointEvent random(Random random) {
        int luck = random.nextInt(12);
        return new CheckpointEvent(
                Kind.random(random),
                random.nextInt(3),
                random.nextInt(6),
                luck < FATES.size() ? FATES.get(luck) : Fate.ANSWERED);
    }

    /** The inverse of {@link #toString()}. */
    static CheckpointEvent parse(String text) {
        String[] words = WORDS.split(text.trim().toUpperCase(Locale.ROOT), -1);
        return new CheckpointEvent(
                Kind.valueOf(words[0]),
                Integer.parseInt(words[1]),
                Integer.parseInt(words[2]),
                words.length > 3 ? Fate.valueOf(words[3]) : Fate.ANSWERED);
    }

    @Override
    public String toString() {
        return (kind + " " + process + " " + amount + (fate == Fate.ANSWERED ? "" : " " + fate))
                .toLowerCase(Locale.ROOT);
    }
}

package io.tributary.consumer.simulation;

import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.regex.Pattern;

/**
 * One step of a schedule.
 *
 * @param kind   what happens
 * @param writer to which writer, counted among those alive
 * @param amount how much of it; what that means is the kind's own
 * @param fate   what becomes of the request, where there is one
 */
record Event(Kind kind, int writer, int amount, Fate fate) {
    static final int MOST = 20;
    private static final Pattern WORDS = Pattern.compile(" ");
    private static final List<Fate> FATES = List.of(Fate.values());

    /** What may happen. */
    enum Kind {
        /** Records are produced. */
        PRODUCE(10),
        /** A rebalance: the partition has a new owner; the old one may go on, unaware. */
        ASSIGN(4),
        /** A writer dies with all that it holds. */
        CRASH(3),
        /** A writer reads on, or goes on with finding out where to read on. */
        POLL(34),
        /** A writer closes its open link. */
        CUT(22),
        /** A writer tries to write its oldest closed link. */
        PUT(36),
        /** A request that was on its way arrives. */
        ARRIVE(3),
        /** The group's committed offset is lost, or someone moves it. */
        MEDDLE(1),
        /** Someone moves the chain on past offsets that are to be left out. */
        SKIP(1),
        /** The chain is written anew into a generation, which is not always whole. */
        REPLAY(3),
        /** Someone switches the chain to the newest generation; perhaps he is killed over it. */
        SWITCH(4),
        /** Retention takes records from the log, staged or not. */
        EXPIRE(2),
        /** Compaction takes records out of the middle of the log. */
        COMPACT(1),
        /** So long a time that who was there is gone, and the clean-up has deleted all links but the last. */
        CLEAN(1),
        /** The topic is deleted and created again. */
        RECREATE(1),
        /** Time passes. */
        WAIT(3);

        private final int weight;

        Kind(int weight) {
            this.weight = weight;
        }

        private static final int WEIGHTS = weights();

        private static int weights() {
            int sum = 0;
            for (Kind kind : values()) {
                sum += kind.weight;
            }
            return sum;
        }

        private static Kind random(Random random) {
            int left = random.nextInt(WEIGHTS);
            for (Kind kind : values()) {
                left -= kind.weight;
                if (left < 0) {
                    return kind;
                }
            }
            throw new AssertionError(left);
        }
    }

    static Event random(Random random) {
        int luck = random.nextInt(12);
        Fate fate = luck < FATES.size() ? FATES.get(luck) : Fate.ANSWERED;
        return new Event(Kind.random(random), random.nextInt(4), random.nextInt(MOST + 1), fate);
    }

    /** The inverse of {@link #toString()}. */
    static Event parse(String text) {
        String[] words = WORDS.split(text.trim().toUpperCase(Locale.ROOT), -1);
        return new Event(
                Kind.valueOf(words[0]),
                Integer.parseInt(words[1]),
                Integer.parseInt(words[2]),
                words.length > 3 ? Fate.valueOf(words[3]) : Fate.ANSWERED);
    }

    @Override
    public String toString() {
        return (kind + " " + writer + " " + amount + (fate == Fate.ANSWERED ? "" : " " + fate))
                .toLowerCase(Locale.ROOT);
    }
}

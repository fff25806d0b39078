package io.tributary.testing.simulation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.regex.Pattern;

/**
 * The words that schedules are made of. Immutable.
 *
 * @param <K> what may happen
 * @param <F> what may become of a request; by the first constant all goes well, which is likely
 */
public final class Vocabulary<K extends Enum<K> & Weighted, F extends Enum<F>> {
    private static final int SETTINGS = 1000;
    private static final int LUCK = 12;
    private static final Pattern WORDS = Pattern.compile(" +");

    private final Class<K> kindType;
    private final Class<F> fateType;
    private final List<K> kinds;
    private final List<F> fates;
    private final int weights;
    private final Limits limits;

    public Vocabulary(Class<K> kindType, Class<F> fateType, Limits limits) {
        this.kindType = kindType;
        this.fateType = fateType;
        this.kinds = List.of(kindType.getEnumConstants());
        this.fates = List.of(fateType.getEnumConstants());
        this.weights = kinds.stream().mapToInt(Weighted::weight).sum();
        this.limits = limits;
    }

    /**
     * How far a schedule goes.
     *
     * @param who      what a step may happen to is below this
     * @param amount   the most of anything
     * @param shortest the fewest steps
     * @param longest  the most steps
     */
    public record Limits(int who, int amount, int shortest, int longest) {}

    /** The schedule of a seed. */
    public Schedule<K, F> schedule(long seed) {
        Random random = new Random(seed);
        int count = limits.shortest() + random.nextInt(limits.longest() - limits.shortest() + 1);
        List<Step<K, F>> steps = new ArrayList<>(count);
        for (int at = 0; at < count; at++) {
            steps.add(step(random));
        }
        return new Schedule<>(random.nextInt(SETTINGS), steps);
    }

    private Step<K, F> step(Random random) {
        int luck = random.nextInt(LUCK);
        F fate = fates.get(luck < fates.size() ? luck : 0);
        return new Step<>(kind(random), random.nextInt(limits.who()), random.nextInt(limits.amount() + 1), fate);
    }

    private K kind(Random random) {
        int left = random.nextInt(weights);
        for (K kind : kinds) {
            left -= kind.weight();
            if (left < 0) {
                return kind;
            }
        }
        throw new AssertionError(left);
    }

    /** The inverse of {@link Schedule#toString()}. */
    public Schedule<K, F> parse(String text) {
        String[] parts = text.split(";", -1);
        return new Schedule<>(
                Long.parseLong(parts[0].trim()),
                Arrays.stream(parts).skip(1).map(this::parseStep).toList());
    }

    private Step<K, F> parseStep(String text) {
        String[] words = WORDS.split(text.trim().toUpperCase(Locale.ROOT), -1);
        return new Step<>(
                Enum.valueOf(kindType, words[0]),
                Integer.parseInt(words[1]),
                Integer.parseInt(words[2]),
                words.length > 3 ? Enum.valueOf(fateType, words[3]) : fates.get(0));
    }

    /** Steps that are simpler than the given one, the simplest first. */
    List<Step<K, F>> simpler(Step<K, F> step) {
        List<Step<K, F>> candidates = new ArrayList<>();
        if (!step.goesWell()) {
            candidates.add(new Step<>(step.kind(), step.who(), step.amount(), fates.get(0)));
        }
        if (step.who() > 0) {
            candidates.add(new Step<>(step.kind(), 0, step.amount(), step.fate()));
        }
        for (int amount = 0; amount < step.amount(); amount = amount * 2 + 1) {
            candidates.add(new Step<>(step.kind(), step.who(), amount, step.fate()));
        }
        return candidates;
    }
}

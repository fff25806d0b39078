package io.tributary.testing.simulation;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/**
 * Runs one simulation under many random schedules, as the protocol is and with each of its rules left out. All schedules
 * follow from one seed, which is told: {@code -Dtributary.simulation.seed=N} runs the same ones again,
 * {@code -Dtributary.simulation.schedules=N} more or fewer. One that fails is made small and told as text, to be kept as a
 * test; {@code -Dtributary.simulation.tell} tells those of the mutants too. Used by one thread; the protocol as it is runs on as many as there are processors.
 *
 * @param <M> the mutants; the first constant stands for the protocol as it is
 */
public final class Simulations<K extends Enum<K> & Weighted, F extends Enum<F>, M extends Enum<M>> {
    private static final int SCHEDULES = Integer.getInteger("tributary.simulation.schedules", 100_000);
    private static final int MUTANT_SCHEDULES = 100_000;
    private static final long SEED = Long.getLong(
            "tributary.simulation.seed", ThreadLocalRandom.current().nextInt(Integer.MAX_VALUE));
    private static final boolean TELL = System.getProperty("tributary.simulation.tell") != null;

    private final String name;
    private final Vocabulary<K, F> vocabulary;
    private final M sound;
    private final Run<K, F, M> run;
    private final Map<String, Integer> found = new TreeMap<>();
    private String outcome = "no schedules";

    public Simulations(String name, Vocabulary<K, F> vocabulary, M sound, Run<K, F, M> run) {
        this.name = name;
        this.vocabulary = vocabulary;
        this.sound = sound;
        this.run = run;
    }

    /** One run of a schedule: the first violation of an invariant, if there is one. Depends on nothing else; any thread. */
    @FunctionalInterface
    public interface Run<K extends Enum<K> & Weighted, F extends Enum<F>, M extends Enum<M>> {
        Optional<String> of(Schedule<K, F> schedule, M mutant);
    }

    /** How many schedules the protocol must survive. */
    public static int schedules() {
        return SCHEDULES;
    }

    /**
     * Runs the protocol as it is.
     *
     * @throws AssertionError if a schedule breaks it, with the seed and the smallest schedule that does
     */
    public void requireThatNoneFails() {
        Duration before = cpu();
        IntStream.range(0, SCHEDULES)
                .parallel()
                .filter(number ->
                        run.of(vocabulary.schedule(SEED + number), sound).isPresent())
                .findFirst()
                .ifPresent(this::tell);
        outcome = SCHEDULES + " schedules in " + cpu().minus(before).toSeconds() + " s of CPU, none broke it";
    }

    private void tell(int number) {
        Schedule<K, F> schedule = vocabulary.schedule(SEED + number);
        Schedule<K, F> small = shrunk(schedule, sound);
        throw new AssertionError(name + ", seed " + (SEED + number) + ": "
                + run.of(schedule, sound).orElseThrow() + "\nsmaller: \"" + small + "\": "
                + run.of(small, sound).orElseThrow());
    }

    /**
     * Runs the protocol with a rule left out until that shows.
     *
     * @throws AssertionError if it never does, or if what shows it breaks the protocol as it is, too
     */
    public void requireThatOneFinds(M mutant) {
        int number = 0;
        while (run.of(vocabulary.schedule(SEED + number), mutant).isEmpty()) {
            number++;
            if (number == MUTANT_SCHEDULES) {
                throw new AssertionError(name + ", from seed " + SEED + ": nobody notices " + mutant);
            }
        }
        found.put(mutant.name().toLowerCase(Locale.ROOT), number + 1);
        Schedule<K, F> small = shrunk(vocabulary.schedule(SEED + number), mutant);
        run.of(small, sound).ifPresent(wrong -> {
            throw new AssertionError(name + ", \"" + small + "\" without any rule left out: " + wrong);
        });
        if (TELL) {
            System.out.println(
                    mutant + " | " + small + "\n  " + run.of(small, mutant).orElseThrow());
        }
    }

    /** What happened, for people. */
    public String summary() {
        return name + " simulation: seed " + SEED + ", " + outcome + "; mutants found after so many schedules: "
                + found;
    }

    private Schedule<K, F> shrunk(Schedule<K, F> failing, M mutant) {
        return new Shrinker<>(vocabulary, candidate -> run.of(candidate, mutant).isPresent()).shrink(failing);
    }

    private static Duration cpu() {
        return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    }
}

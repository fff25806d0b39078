package io.tributary.testing.simulation;

import java.util.List;
import java.util.stream.Collectors;

/**
 * All that is left to chance in one run of a simulation, so that the same schedule always gives the same run. As text it
 * can be kept as a test. Immutable.
 *
 * @param setting decides what the world is like before the first step
 * @param steps   what happens, in order
 */
public record Schedule<K extends Enum<K> & Weighted, F extends Enum<F>>(long setting, List<Step<K, F>> steps) {
    public Schedule {
        steps = List.copyOf(steps);
    }

    Schedule<K, F> with(List<Step<K, F>> others) {
        return new Schedule<>(setting, others);
    }

    /** The inverse of {@link Vocabulary#parse}. */
    @Override
    public String toString() {
        return setting + steps.stream().map(step -> "; " + step).collect(Collectors.joining());
    }
}

package io.tributary.testing.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Makes a failing schedule small: leaves out steps, then simplifies what is left, for as long as it still fails. */
final class Shrinker<K extends Enum<K> & Weighted, F extends Enum<F>> {
    private final Vocabulary<K, F> vocabulary;
    private final Predicate<Schedule<K, F>> fails;

    Shrinker(Vocabulary<K, F> vocabulary, Predicate<Schedule<K, F>> fails) {
        this.vocabulary = vocabulary;
        this.fails = fails;
    }

    Schedule<K, F> shrink(Schedule<K, F> failing) {
        Schedule<K, F> smallest = failing;
        while (true) {
            Schedule<K, F> smaller = simplify(leaveOut(smallest));
            if (smaller.equals(smallest)) {
                return smallest;
            }
            smallest = smaller;
        }
    }

    private Schedule<K, F> leaveOut(Schedule<K, F> failing) {
        Schedule<K, F> smallest = failing;
        for (int length = Math.max(1, failing.steps().size() / 2); length > 0; length /= 2) {
            for (int from = 0; from + length <= smallest.steps().size(); ) {
                List<Step<K, F>> fewer = new ArrayList<>(smallest.steps());
                fewer.subList(from, from + length).clear();
                Schedule<K, F> without = smallest.with(fewer);
                if (fails.test(without)) {
                    smallest = without;
                } else {
                    from++;
                }
            }
        }
        return smallest;
    }

    private Schedule<K, F> simplify(Schedule<K, F> failing) {
        Schedule<K, F> smallest = failing;
        for (int at = 0; at < smallest.steps().size(); at++) {
            for (Step<K, F> simpler : vocabulary.simpler(smallest.steps().get(at))) {
                List<Step<K, F>> changed = new ArrayList<>(smallest.steps());
                changed.set(at, simpler);
                Schedule<K, F> candidate = smallest.with(changed);
                if (fails.test(candidate)) {
                    smallest = candidate;
                    break;
                }
            }
        }
        return smallest;
    }
}

package io.tributary.consumer.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Makes a failing schedule small: leaves out events, then lowers what is left, for as long as it still fails. */
final class Shrinker {
    private Shrinker() {}

    static Schedule shrink(Schedule failing, Predicate<Schedule> fails) {
        Schedule smallest = failing;
        while (true) {
            Schedule smaller = simplify(leaveOut(smallest, fails), fails);
            if (smaller.equals(smallest)) {
                return smallest;
            }
            smallest = smaller;
        }
    }

    private static Schedule leaveOut(Schedule failing, Predicate<Schedule> fails) {
        Schedule smallest = failing;
        for (int length = Math.max(1, failing.events().size() / 2); length > 0; length /= 2) {
            for (int from = 0; from + length <= smallest.events().size(); ) {
                List<Event> fewer = new ArrayList<>(smallest.events());
                fewer.subList(from, from + length).clear();
                Schedule without = new Schedule(smallest.log(), fewer);
                if (fails.test(without)) {
                    smallest = without;
                } else {
                    from++;
                }
            }
        }
        return smallest;
    }

    private static Schedule simplify(Schedule failing, Predicate<Schedule> fails) {
        Schedule smallest = failing;
        for (int at = 0; at < smallest.events().size(); at++) {
            for (Event simpler : simpler(smallest.events().get(at))) {
                List<Event> changed = new ArrayList<>(smallest.events());
                changed.set(at, simpler);
                Schedule candidate = new Schedule(smallest.log(), changed);
                if (fails.test(candidate)) {
                    smallest = candidate;
                    break;
                }
            }
        }
        return smallest;
    }

    private static List<Event> simpler(Event event) {
        List<Event> candidates = new ArrayList<>();
        if (event.fate() != Fate.ANSWERED) {
            candidates.add(new Event(event.kind(), event.writer(), event.amount(), Fate.ANSWERED));
        }
        if (event.writer() > 0) {
            candidates.add(new Event(event.kind(), 0, event.amount(), event.fate()));
        }
        for (int amount = 0; amount < event.amount(); amount = amount * 2 + 1) {
            candidates.add(new Event(event.kind(), event.writer(), amount, event.fate()));
        }
        return candidates;
    }
}

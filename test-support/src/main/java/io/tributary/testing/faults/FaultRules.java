package io.tributary.testing.faults;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** Which faults happen to which requests: by rate, seeded, or exactly once. Counts them. Safe for many threads. */
final class FaultRules {
    private final Random random;
    private final Map<RequestKind, Map<Fault, Double>> rates = new EnumMap<>(RequestKind.class);
    private final Map<RequestKind, Deque<Fault>> once = new EnumMap<>(RequestKind.class);
    private final Map<RequestKind, Map<Fault, Long>> injected = new EnumMap<>(RequestKind.class);
    private final Map<RequestKind, Long> requests = new HashMap<>();
    private boolean on = true;

    FaultRules(long seed) {
        random = new Random(seed);
    }

    synchronized void on(boolean wanted) {
        on = wanted;
    }

    synchronized void rate(RequestKind kind, double share, Set<Fault> faults) {
        Map<Fault, Double> each = new EnumMap<>(Fault.class);
        faults.forEach(fault -> each.put(fault, share / faults.size()));
        rates.put(kind, each);
    }

    synchronized void once(RequestKind kind, Fault fault) {
        once.computeIfAbsent(kind, none -> new ArrayDeque<>()).add(fault);
    }

    /** The fault that happens to this request, if any. */
    synchronized Optional<Fault> choose(RequestKind kind, boolean conditional) {
        requests.merge(kind, 1L, Long::sum);
        if (!on) {
            return Optional.empty();
        }
        Optional<Fault> chosen = chooseOnce(kind, conditional).or(() -> chooseByRate(kind, conditional));
        chosen.ifPresent(fault -> injected.computeIfAbsent(kind, none -> new EnumMap<>(Fault.class))
                .merge(fault, 1L, Long::sum));
        return chosen;
    }

    private Optional<Fault> chooseOnce(RequestKind kind, boolean conditional) {
        Deque<Fault> waiting = once.getOrDefault(kind, new ArrayDeque<>());
        Fault first = waiting.peek();
        if (first == null || !first.fits(kind, conditional)) {
            return Optional.empty();
        }
        return Optional.of(waiting.remove());
    }

    private Optional<Fault> chooseByRate(RequestKind kind, boolean conditional) {
        double dice = random.nextDouble();
        double total = 0;
        double fitting = 0;
        Map<Fault, Double> possible = rates.getOrDefault(kind, Map.of());
        for (Map.Entry<Fault, Double> fault : possible.entrySet()) {
            total += fault.getValue();
            fitting += fault.getKey().fits(kind, conditional) ? fault.getValue() : 0;
        }
        if (dice >= total || fitting == 0) {
            return Optional.empty();
        }
        // Those that fit take over the share of those that do not.
        double at = dice / total * fitting;
        for (Map.Entry<Fault, Double> fault : possible.entrySet()) {
            if (fault.getKey().fits(kind, conditional)) {
                at -= fault.getValue();
                if (at < 0) {
                    return Optional.of(fault.getKey());
                }
            }
        }
        return Optional.empty();
    }

    synchronized long requests(RequestKind kind) {
        return requests.getOrDefault(kind, 0L);
    }

    synchronized long injected(RequestKind kind, Fault fault) {
        return injected.getOrDefault(kind, Map.of()).getOrDefault(fault, 0L);
    }

    synchronized long injected() {
        return injected.values().stream()
                .flatMap(faults -> faults.values().stream())
                .mapToLong(Long::longValue)
                .sum();
    }

    synchronized String summary() {
        StringBuilder text = new StringBuilder();
        for (RequestKind kind : RequestKind.values()) {
            if (requests(kind) > 0) {
                text.append(String.format(
                        "%-16s %8d requests, faults %s%n",
                        kind, requests(kind), injected.getOrDefault(kind, Map.of())));
            }
        }
        return text.toString();
    }

    /** All faults but those that take long. */
    static Set<Fault> quick() {
        return EnumSet.complementOf(EnumSet.of(Fault.STALLED));
    }

    static Set<Fault> these(List<Fault> faults) {
        return EnumSet.copyOf(faults);
    }
}

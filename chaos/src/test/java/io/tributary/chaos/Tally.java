package io.tributary.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What was done and what came of it. Safe for many threads. */
final class Tally {
    private final Map<String, Integer> actions = new TreeMap<>();
    private final Map<String, Integer> restarts = new TreeMap<>();
    private final List<Duration> recoveries = new ArrayList<>();
    private final List<String> oddities = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();
    private int rounds;
    private long records;
    private long lost;
    private long doubled;
    private long faults;
    private long cleaned;

    synchronized void did(String action) {
        actions.merge(action, 1, Integer::sum);
    }

    synchronized void restarted(Member member, Member.End end) {
        restarts.merge(member.kind().name().toLowerCase(Locale.ROOT), 1, Integer::sum);
        if (!end.asItShould()) {
            odd(member + " " + end);
        } else if (!end.told()) {
            restarts.merge(
                    member.kind().name().toLowerCase(Locale.ROOT) + " by itself, Kafka or S3 away", 1, Integer::sum);
        }
    }

    /** Something that lost nothing and yet should not be. */
    synchronized void odd(String what) {
        oddities.add(what);
        System.err.println("odd: " + what);
    }

    synchronized void failed(String what) {
        failures.add(what);
        System.err.println("FAILED: " + what);
    }

    synchronized void round(Duration recovery) {
        rounds++;
        recoveries.add(recovery);
    }

    synchronized void count(long more, long moreLost, long moreDoubled) {
        records += more;
        lost += moreLost;
        doubled += moreDoubled;
    }

    synchronized void faults(long more) {
        faults += more;
    }

    synchronized void cleaned(long more) {
        cleaned += more;
    }

    synchronized long cleaned() {
        return cleaned;
    }

    /** What was done, each kind of it once. */
    synchronized Set<String> actions() {
        return Set.copyOf(actions.keySet());
    }

    /** All that there should be none of. */
    synchronized List<String> problems() {
        List<String> problems = new ArrayList<>(failures);
        problems.addAll(oddities);
        if (lost != 0) {
            problems.add("lost: " + lost);
        }
        if (doubled != 0) {
            problems.add("doubled: " + doubled);
        }
        return problems;
    }

    /** For people. */
    synchronized String table() {
        List<Duration> sorted = new ArrayList<>(recoveries);
        Collections.sort(sorted);
        StringBuilder text = new StringBuilder("\n");
        line(text, "rounds", rounds);
        actions.forEach((action, times) -> line(text, action, times));
        restarts.forEach((kind, times) -> line(text, "restarts of " + kind, times));
        line(text, "faults injected into S3", faults);
        line(text, "links cleaned up", cleaned);
        line(text, "records", records);
        if (!sorted.isEmpty()) {
            line(text, "seconds to recover, p50", seconds(sorted.get(sorted.size() / 2)));
            line(text, "seconds to recover, max", seconds(sorted.get(sorted.size() - 1)));
        }
        line(text, "losses", lost);
        line(text, "duplicates", doubled);
        line(text, "failed rounds", failures.size());
        line(text, "oddities", oddities.size());
        return text.toString();
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f", duration.toMillis() / 1000.0);
    }

    private static void line(StringBuilder text, String label, Object value) {
        text.append(String.format(Locale.ROOT, "%-36s %10s%n", label, value));
    }
}

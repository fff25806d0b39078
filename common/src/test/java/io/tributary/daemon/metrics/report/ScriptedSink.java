package io.tributary.daemon.metrics.report;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Takes, refuses and does not answer as told. Confined to one thread. */
final class ScriptedSink implements MetricSink {
    final List<Datum> taken = new ArrayList<>();
    final Set<String> refused = new HashSet<>();
    boolean away;
    int requests;
    boolean closed;

    @Override
    public void put(List<Datum> datums) throws MetricSinkException {
        requests++;
        if (away) {
            throw new MetricSinkException("away", false, new IllegalStateException("nobody there"));
        }
        if (datums.stream().anyMatch(datum -> refused.contains(datum.name()))) {
            throw new MetricSinkException("no such unit", true, new IllegalStateException("refused"));
        }
        taken.addAll(datums);
    }

    @Override
    public void close() {
        closed = true;
    }
}

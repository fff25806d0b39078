package io.tributary.daemon.metrics;

/** Metrics for tests. */
public enum Counted implements Metric {
    SEEN(MetricSpec.counter("a_total", MetricUnit.COUNT, "Seen.").as("Seen")),
    SEEN_BY(MetricSpec.counter("c_total", MetricUnit.COUNT, "Seen.").by("p").as("SeenBy")),
    HELD(MetricSpec.gauge("b_bytes", MetricUnit.BYTES, "Held.").by("topic").as("Held", Fold.MAX)),
    LEVEL(MetricSpec.gauge("d_percent", MetricUnit.PERCENT, "Level.").as("Level")),
    TOOK(MetricSpec.latency("e_seconds", "Took.").as("Took")),
    LOCAL(MetricSpec.gauge("f_local", MetricUnit.NONE, "Not told."));

    @SuppressWarnings("ImmutableEnumChecker") // a record of what cannot change
    private final MetricSpec spec;

    Counted(MetricSpec spec) {
        this.spec = spec;
    }

    @Override
    public MetricSpec spec() {
        return spec;
    }
}

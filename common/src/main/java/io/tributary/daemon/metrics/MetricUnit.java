package io.tributary.daemon.metrics;

/** What a metric's numbers count, by CloudWatch's names. */
public enum MetricUnit {
    COUNT("Count"),
    BYTES("Bytes"),
    SECONDS("Seconds"),
    MILLISECONDS("Milliseconds"),
    PERCENT("Percent"),
    NONE("None");

    private final String label;

    MetricUnit(String label) {
        this.label = label;
    }

    /** The name that CloudWatch knows. */
    public String label() {
        return label;
    }
}

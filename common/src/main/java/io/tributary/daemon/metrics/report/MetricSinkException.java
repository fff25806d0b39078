package io.tributary.daemon.metrics.report;

/** Datums were not taken. */
public final class MetricSinkException extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean refused;

    /**
     * Not taken.
     *
     * @param refused whether the same datums will never be taken; otherwise it is worth trying again
     */
    public MetricSinkException(String message, boolean refused, Throwable cause) {
        super(message, cause);
        this.refused = refused;
    }

    /** Whether trying again is of no use. */
    public boolean isRefused() {
        return refused;
    }
}

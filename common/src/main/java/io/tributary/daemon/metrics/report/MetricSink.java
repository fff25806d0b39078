package io.tributary.daemon.metrics.report;

import java.util.List;

/** Where datums go. One thread uses it; any may close it. */
public interface MetricSink extends AutoCloseable {
    /**
     * Hands them over, all or none.
     *
     * @param datums within the limits of {@link Requests}
     * @throws MetricSinkException if they were not taken, as far as is known: an answer may be lost. Comes within seconds
     */
    void put(List<Datum> datums) throws MetricSinkException;

    /** Returns at once; a {@link #put} that still waits fails. */
    @Override
    void close();
}

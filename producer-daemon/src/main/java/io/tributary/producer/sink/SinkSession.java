package io.tributary.producer.sink;

import io.tributary.producer.source.RecordLimits;
import io.tributary.producer.source.SourceItem;
import io.tributary.producer.source.SourceState;

/**
 * Writes batches, each with the position behind it, all or nothing. After a {@link SinkException} only {@link #close} is
 * left. Confined to one thread.
 */
public interface SinkSession extends AutoCloseable {
    /** What was committed for the source before this session. */
    SourceState committed();

    /** The largest records that can be written. */
    RecordLimits limits();

    /** Adds an item to the open batch. May block while the sink is slow. */
    void append(SourceItem item) throws SinkException;

    /**
     * Commits the open batch. When this returns, the batch and the position are there; when it throws, either both are or
     * neither is.
     *
     * @param behind the position behind the last item appended
     */
    void commit(SourceState behind) throws SinkException;

    /** Drops the open batch, if there is one. */
    @Override
    void close();
}

package io.tributary.producer.source;

import java.util.List;

/**
 * Something that records come from. One thread at a time calls {@link #resume} and {@link #next}; {@link #close} may come
 * from any thread and makes a running {@code next} return soon.
 */
public interface Source extends AutoCloseable {
    /**
     * Goes back to where it stood. Called before the first {@link #next}, and again whenever publishing has to start anew
     * from the last committed state.
     *
     * @param state  everything that was committed for this source
     * @param limits what can be published
     * @throws SourceException if the source cannot go on from there at all
     */
    void resume(SourceState state, RecordLimits limits) throws SourceException;

    /**
     * The next items, or news that there are none. May block for as long as reading takes; a source that waits for
     * something new returns {@link Yield.Idle} within a second or so.
     *
     * @throws SourceException if reading failed; what was yielded before is good, and {@link #resume} may be tried
     */
    Yield next() throws SourceException;

    /** Parts that could not be published and were left out, each with its reason, for people. */
    List<String> leftOut();

    /** What keeps it from making progress now, on one line, for people; empty if nothing does. Any thread. */
    default String trouble() {
        return "";
    }

    /**
     * What was left out, in one line for people. Asked only where something was.
     *
     * @param files how many files there are
     */
    default String complaint(int files) {
        List<String> all = leftOut();
        return all.size() + " of " + files + " files were not published: " + String.join("; ", all);
    }

    @Override
    void close();
}

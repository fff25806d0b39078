package io.tributary.producer.sink;

import io.tributary.producer.source.RecordLimits;
import io.tributary.producer.source.SourceItem;
import io.tributary.producer.source.SourceState;
import java.util.ArrayList;
import java.util.List;

/**
 * A sink for tests. Faults are injected between the steps; only the last session may commit. Confined to one thread but
 * for {@link #committed()}, once that thread has ended.
 */
public final class InMemorySink implements RecordSink {
    /** Where something may go wrong. */
    public enum Step {
        OPEN,
        APPEND,
        BEFORE_COMMIT,
        AFTER_COMMIT
    }

    /** Decides whether it goes wrong. */
    public interface Faults {
        void at(Step step) throws SinkException;
    }

    private final Faults faults;
    private final List<SourceItem> committed = new ArrayList<>();
    private SourceState state = SourceState.beginning();
    private int sessions;

    public InMemorySink(Faults faults) {
        this.faults = faults;
    }

    @Override
    public SinkSession open() throws SinkException {
        faults.at(Step.OPEN);
        sessions++;
        return new Session(sessions, state);
    }

    @Override
    public void abandon() {}

    /** What is committed, in order. */
    public List<SourceItem> committed() {
        return List.copyOf(committed);
    }

    private final class Session implements SinkSession {
        private final int number;
        private final SourceState begun;
        private final List<SourceItem> open = new ArrayList<>();

        Session(int number, SourceState begun) {
            this.number = number;
            this.begun = begun;
        }

        @Override
        public SourceState committed() {
            return begun;
        }

        @Override
        public RecordLimits limits() {
            return new RecordLimits("memory", 1 << 20, 1 << 20);
        }

        @Override
        public void append(SourceItem item) throws SinkException {
            faults.at(Step.APPEND);
            open.add(item);
        }

        @Override
        public void commit(SourceState behind) throws SinkException {
            faults.at(Step.BEFORE_COMMIT);
            if (number != sessions) {
                throw new SinkException(SinkException.Remedy.NONE, "shut out by a later session");
            }
            committed.addAll(open);
            open.clear();
            state = state.then(behind);
            faults.at(Step.AFTER_COMMIT);
        }

        @Override
        public void close() {
            open.clear();
        }
    }
}

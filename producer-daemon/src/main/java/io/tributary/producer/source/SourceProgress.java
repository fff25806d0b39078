package io.tributary.producer.source;

/** How far a source has come with what it is doing. One thread writes, any thread reads. */
public final class SourceProgress {
    /** What a source does. The numbers are those of the metric. */
    public enum Phase {
        STARTING(0),
        TYPING(1),
        PUBLISHING(2),
        WAITING(3),
        DONE(4);

        private final int number;

        Phase(int number) {
            this.number = number;
        }

        /** The metric's value. */
        public int number() {
            return number;
        }
    }

    private volatile Phase phase = Phase.STARTING;
    private volatile long total;
    private volatile long done;
    private volatile int files;

    /** A phase begins. */
    public void begin(Phase next, long totalBytes) {
        done = 0;
        total = totalBytes;
        phase = next;
    }

    /** So many bytes of the phase's total are behind it. */
    public void reached(long bytes) {
        done = bytes;
    }

    /** So many files are, or were, to be read. */
    public void files(int count) {
        files = count;
    }

    public Phase phase() {
        return phase;
    }

    public long total() {
        return total;
    }

    public long done() {
        return Math.min(done, total);
    }

    public int files() {
        return files;
    }
}

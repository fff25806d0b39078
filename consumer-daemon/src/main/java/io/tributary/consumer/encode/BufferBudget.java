package io.tributary.consumer.encode;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The one account of all memory that waits to be written, over all partitions: records not yet encoded, and encoded
 * lines whose link does not exist yet. It only counts; those who read it hold back. Safe for many threads.
 */
public final class BufferBudget {
    private final long limit;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition shrunk = lock.newCondition();
    private long gathered;
    private long queued;
    private long encoded;

    /** An account that is full at {@code limit} bytes. */
    public BufferBudget(long limit) {
        this.limit = limit;
    }

    /** The bound, in bytes. */
    public long limit() {
        return limit;
    }

    /** All that is held. */
    public long held() {
        lock.lock();
        try {
            return gathered + queued + encoded;
        } finally {
            lock.unlock();
        }
    }

    /** Records were read. */
    public void gathered(long bytes) {
        add(bytes, 0, 0);
    }

    /** Records that were read wait for an encoder. */
    public void queued(long bytes) {
        add(-bytes, bytes, 0);
    }

    /** Records that were read are dropped. */
    public void dropped(long bytes) {
        add(-bytes, 0, 0);
    }

    /** Records that waited became lines, or were dropped if {@code encodedBytes} is 0. */
    public void encoded(long rawBytes, long encodedBytes) {
        add(0, -rawBytes, encodedBytes);
    }

    /** Encoded lines are no longer held. */
    public void released(long encodedBytes) {
        add(0, 0, -encodedBytes);
    }

    /**
     * Waits while too many records wait for an encoder, so that reading runs only a little ahead.
     *
     * @param most   how many bytes of such records are fine
     * @param atMost how long to wait
     * @return whether there are no more than that
     */
    public boolean awaitEncoders(long most, Duration atMost) throws InterruptedException {
        lock.lock();
        try {
            long left = atMost.toNanos();
            while (queued > most && left > 0) {
                left = shrunk.awaitNanos(left);
            }
            return queued <= most;
        } finally {
            lock.unlock();
        }
    }

    private void add(long moreGathered, long moreQueued, long moreEncoded) {
        lock.lock();
        try {
            gathered += moreGathered;
            queued += moreQueued;
            encoded += moreEncoded;
            if (moreQueued < 0) {
                shrunk.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }
}

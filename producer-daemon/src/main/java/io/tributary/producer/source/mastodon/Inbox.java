package io.tributary.producer.source.mastodon;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Brings what happens on other threads to the thread of the source, in order, as work to be done there. Holds so much and
 * no more: then whoever brings something waits, and a stream slows down. Safe for many threads.
 */
final class Inbox {
    private static final int ROOM = 2_000;
    private static final Duration ASK_AGAIN = Duration.ofMillis(200);

    private final BlockingQueue<Runnable> queue = new ArrayBlockingQueue<>(ROOM);
    private volatile boolean closed;

    /** Leaves work, unless nobody will do it any more. */
    void put(Runnable work) {
        try {
            while (!closed && !queue.offer(work, ASK_AGAIN.toMillis(), TimeUnit.MILLISECONDS)) {
                // Full; ask again whether anybody still wants it.
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** The next work, or null if none came in this time. */
    @Nullable Runnable take(Duration longest) {
        try {
            return queue.poll(longest.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException wokenEarly) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    void close() {
        closed = true;
        queue.clear();
    }
}

package io.tributary.consumer.encode;

import io.tributary.daemon.MonotonicClock;
import io.tributary.daemon.Pulse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The threads that encode and compress, each with a workspace of its own. Safe for many threads. A task that throws ends
 * the program: it is reported, and nothing after it can be trusted.
 */
public final class EncoderPool implements AutoCloseable {
    private static final Task STOP = workspace -> {};
    /** A block is some megabytes: it takes a fraction of a second, and nobody else is waited for. */
    private static final Duration LONGEST_TASK = Duration.ofMinutes(1);

    private final BlockingQueue<Task> tasks = new LinkedBlockingQueue<>();
    private final List<Thread> threads = new ArrayList<>();
    private final List<Pulse> pulses = new ArrayList<>();
    private final Consumer<Throwable> failed;

    /** A piece of work, done by one of the pool's threads. */
    interface Task {
        void run(EncoderWorkspace workspace);
    }

    private EncoderPool(Consumer<Throwable> failed) {
        this.failed = failed;
    }

    /**
     * Starts the threads.
     *
     * @param count  how many
     * @param gzip   the level of gzip, 1 to 9
     * @param zstd   the level of zstd, 1 to 19
     * @param failed told of what ended a thread, by that thread
     */
    public static EncoderPool start(int count, int gzip, int zstd, Consumer<Throwable> failed, MonotonicClock clock) {
        EncoderPool pool = new EncoderPool(failed);
        for (int index = 0; index < count; index++) {
            Pulse pulse = new Pulse("encoder-" + index, clock);
            Thread thread = new Thread(
                    () -> pool.work(() -> new EncoderWorkspace(new SliceCompressor(gzip, zstd)), pulse),
                    "encoder-" + index);
            pool.pulses.add(pulse);
            thread.setDaemon(true);
            pool.threads.add(thread);
            thread.start();
        }
        return pool;
    }

    void execute(Task task) {
        tasks.add(task);
    }

    /** Ends the threads once they have done what was given before. */
    @Override
    public void close() {
        threads.forEach(thread -> tasks.add(STOP));
    }

    /** Which thread hangs in what it was given, and for how long; empty if none does. */
    public Optional<String> stuck() {
        return pulses.stream().flatMap(pulse -> pulse.overdue().stream()).findFirst();
    }

    private void work(Supplier<EncoderWorkspace> workspaces, Pulse pulse) {
        try (EncoderWorkspace workspace = workspaces.get()) {
            for (Task task = tasks.take(); task != STOP; task = tasks.take()) {
                pulse.beat(LONGEST_TASK);
                task.run(workspace);
                pulse.rest();
            }
        } catch (Throwable death) {
            failed.accept(death);
        }
    }
}

package io.tributary.sandbox.cli.process;

import io.tributary.daemon.Failures;
import io.tributary.daemon.MonotonicClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Starts processes, starts those again that die, and stops them. Owns the processes and their pid files. Its own
 * thread owns all state; every method may be called from any thread.
 */
public final class Supervisor implements AutoCloseable {
    private static final long LITTLE_MEGABYTES = 50;
    private static final long POLL_MILLIS = 25;
    private static final Duration READY_WITHIN = Duration.ofMinutes(3);
    private static final long SHORTLY_MILLIS = 10_000;
    private static final Duration GRACE = Duration.ofSeconds(20);

    private final Path runDirectory;
    private final Path logDirectory;
    private final MonotonicClock clock;
    private final Consumer<String> announce;
    private final RestartPolicy policy = RestartPolicy.standard();
    private final ScheduledExecutorService thread;
    private final Map<String, Child> children = new LinkedHashMap<>();
    private final Map<String, Long> deaths = new HashMap<>();
    private final AtomicLong restarts = new AtomicLong();
    private final CompletableFuture<Void> broken = new CompletableFuture<>();

    /**
     * A supervisor without processes.
     *
     * @param runDirectory where pid files go; must exist
     * @param logDirectory where logs go
     * @param announce     takes one line for each restart, on the supervisor's thread
     */
    public Supervisor(Path runDirectory, Path logDirectory, MonotonicClock clock, Consumer<String> announce) {
        this.runDirectory = runDirectory;
        this.logDirectory = logDirectory;
        this.clock = clock;
        this.announce = announce;
        thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread created = new Thread(task, "supervisor");
            created.setDaemon(true);
            return created;
        });
    }

    /**
     * Starts a process.
     *
     * @return completed with its port once a server serves (0 for other kinds, at once); with a {@link ProcessFailure}
     *     if it cannot be started
     */
    public CompletableFuture<Integer> start(Program program) {
        Child child = new Child(program, runDirectory, logDirectory);
        thread.execute(() -> {
            children.put(program.name(), child);
            launch(child);
        });
        return child.ready();
    }

    /** Completed with 0 when a task has done its work, with a {@link ProcessFailure} when it cannot. */
    public CompletableFuture<Integer> finished(String name) {
        return ask(() -> child(name)).thenCompose(Child::finished);
    }

    /** Never completed normally; fails with a {@link ProcessFailure} once a server or daemon was given up. */
    public CompletableFuture<Void> broken() {
        return broken;
    }

    /** How often a process was started again so far. */
    public long restarts() {
        return restarts.get();
    }

    /** The process id of a process that runs now. */
    public OptionalLong pid(String name) {
        return ask(() -> {
                    Child child = children.get(name);
                    Process process = child == null ? null : child.process();
                    return process != null && process.isAlive() ? OptionalLong.of(process.pid()) : OptionalLong.empty();
                })
                .join();
    }

    /**
     * Tells processes to stop and waits until they have; after 20 seconds, or if the calling thread is interrupted,
     * they are killed.
     *
     * @param names those to stop, at once; unknown ones are passed over
     */
    public void stop(List<String> names) {
        List<Child> stopped = ask(() -> tellToStop(names)).join();
        CompletableFuture<?>[] ends = stopped.stream().map(Child::finished).toArray(CompletableFuture<?>[]::new);
        CompletableFuture<Void> all = CompletableFuture.allOf(ends);
        boolean interrupted = false;
        try {
            all.get(GRACE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException endedBadlyIsEndedToo) {
            // Its failure was told when it happened.
        } catch (TimeoutException slow) {
            kill(stopped, all);
        } catch (InterruptedException hurry) {
            kill(stopped, all);
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void kill(List<Child> slow, CompletableFuture<Void> ended) {
        ask(() -> kill(slow)).join();
        ended.handle((nothing, failure) -> null).join();
    }

    /** Stops all that still runs. */
    @Override
    public void close() {
        if (!thread.isShutdown()) {
            stop(ask(() -> List.copyOf(children.keySet())).join());
            thread.shutdown();
        }
    }

    private Child child(String name) {
        Child child = children.get(name);
        if (child == null) {
            throw new IllegalArgumentException("no process " + name + " was started");
        }
        return child;
    }

    private List<Child> tellToStop(List<String> names) {
        List<Child> stopped = new ArrayList<>();
        for (String name : names) {
            Child child = children.get(name);
            if (child == null || child.finished().isDone()) {
                continue;
            }
            child.stop();
            Process process = child.process();
            if (process == null || !process.isAlive()) {
                child.forgetPid();
                child.finished().complete(0);
            }
            stopped.add(child);
        }
        return stopped;
    }

    private int kill(List<Child> slow) {
        for (Child child : slow) {
            Process process = child.process();
            if (process != null && process.isAlive()) {
                process.destroyForcibly();
            }
        }
        return slow.size();
    }

    private void launch(Child child) {
        if (child.stopping()) {
            child.finished().complete(0);
            return;
        }
        Process process;
        try {
            process = child.launch(clock.millis());
        } catch (IOException e) {
            giveUp(child, 1, "could not be started", Failures.oneLine(e));
            return;
        }
        awaitEnd(child, process);
        if (child.program().serves()) {
            awaitReady(child, process);
        } else {
            child.served(0);
        }
    }

    private void awaitEnd(Child child, Process process) {
        Thread waiter = new Thread(
                () -> {
                    try {
                        process.waitFor();
                        thread.execute(() -> ended(child, process));
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    } catch (RejectedExecutionException supervisorClosedFirst) {
                        // Nobody is left to tell.
                    }
                },
                "await-" + child.program().name());
        waiter.setDaemon(true);
        waiter.start();
    }

    private void awaitReady(Child child, Process process) {
        if (child.process() != process || child.stopping()) {
            return;
        }
        OptionalInt port = ReadyLine.find(child.log().head());
        if (port.isPresent()) {
            child.served(port.getAsInt());
        } else if (!process.isAlive()) {
            return; // told by its end
        } else if (clock.millis() - child.startedAt() > READY_WITHIN.toMillis()) {
            giveUp(child, 1, "did not come up", "nothing within " + READY_WITHIN.toSeconds() + " s");
            process.destroyForcibly();
        } else {
            later(POLL_MILLIS, () -> awaitReady(child, process));
        }
    }

    private void ended(Child child, Process process) {
        if (child.process() != process) {
            return;
        }
        child.forgetPid();
        if (child.stopping() || child.finished().isDone()) {
            child.finished().complete(process.exitValue());
            return;
        }
        long now = clock.millis();
        String name = child.program().name();
        Ended ended = new Ended(
                process.exitValue(), child.serving(), now - child.startedAt(), othersDied(name, child.startedAt()));
        RestartPolicy.Decision decision = policy.decide(child.program().kind(), ended, child.failures());
        if (decision instanceof RestartPolicy.Done) {
            child.finished().complete(0);
            return;
        }
        deaths.put(name, now);
        if (decision instanceof RestartPolicy.Restart restart) {
            child.failed(policy.failuresInRow(ended, child.failures()));
            restarts.incrementAndGet();
            announce.accept(name + " " + ended.describe() + "; restarted");
            later(restart.delay().toMillis(), () -> launch(child));
        } else {
            giveUp(
                    child,
                    ended.exitCode(),
                    ended.describe(),
                    LastWords.in(child.log().tail()).orElse("it said nothing"));
        }
    }

    private boolean othersDied(String name, long since) {
        return deaths.entrySet().stream()
                .anyMatch(death -> !death.getKey().equals(name) && death.getValue() >= since - SHORTLY_MILLIS);
    }

    private void giveUp(Child child, int exitCode, String what, String reason) {
        String name = child.program().name();
        ProcessFailure failure = new ProcessFailure(
                name,
                reason,
                exitCode,
                name + " " + what + ": " + reason + " (log: " + child.log().file() + ")" + littleRoom());
        child.giveUp(failure);
        if (!child.program().isSpared()) {
            broken.completeExceptionally(failure);
        }
    }

    /** A program whose disk is full often cannot even write that down. */
    private String littleRoom() {
        try {
            long megabytes = Files.getFileStore(logDirectory).getUsableSpace() >> 20;
            return megabytes >= LITTLE_MEGABYTES
                    ? ""
                    : "; " + megabytes + " MB are free on the disk of the data directory";
        } catch (IOException unknown) {
            return "";
        }
    }

    private void later(long millis, Runnable task) {
        CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS, thread).execute(task);
    }

    private <T> CompletableFuture<T> ask(Supplier<T> question) {
        return CompletableFuture.supplyAsync(question, thread);
    }
}

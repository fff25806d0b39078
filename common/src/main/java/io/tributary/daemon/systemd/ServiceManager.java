package io.tributary.daemon.systemd;

import io.tributary.daemon.Failures;
import io.tributary.daemon.health.Health;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells systemd, where it started this process: that it is up, in words how it is, and, for as long as it works, that it
 * does. When it no longer does, nothing is told, and systemd starts another. Works is not ready: a dependency that is away
 * makes a process not ready, and would do the same to the next.
 *
 * <p>A thread of its own, {@code watchdog}, asks both questions. Elsewhere than under systemd nothing happens.
 */
public final class ServiceManager implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ServiceManager.class);
    private static final Duration LONGEST = Duration.ofSeconds(5);
    /** In the time that systemd waits, so many are sent: one or two may be late. */
    private static final int IN_TIME = 3;

    private static final int LONGEST_STATUS = 500;
    private static final long MICROS_PER_MILLI = 1000;

    private final Optional<NotifySocket> socket;
    private final boolean watched;
    private final Supplier<Health> live;
    private final Supplier<Health> ready;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private String told = "";
    private boolean mute;

    ServiceManager(Optional<NotifySocket> socket, boolean watched, Supplier<Health> live, Supplier<Health> ready) {
        this.socket = socket;
        this.watched = watched;
        this.live = live;
        this.ready = ready;
    }

    /**
     * Begins.
     *
     * @param environment the process's: {@code NOTIFY_SOCKET}, {@code WATCHDOG_USEC} and {@code WATCHDOG_PID}
     * @param live        whether the process works; false has it killed
     * @param ready       whether it makes progress, in words
     */
    public static ServiceManager open(Map<String, String> environment, Supplier<Health> live, Supplier<Health> ready) {
        if (!environment.containsKey("NOTIFY_SOCKET")) {
            return new ServiceManager(Optional.empty(), false, live, ready);
        }
        Optional<NotifySocket> socket;
        try {
            socket = Optional.of(LibSystemd.load());
        } catch (IOException mute) {
            LOG.atError().addKeyValue("reason", Failures.oneLine(mute)).log("systemd cannot be told anything");
            return new ServiceManager(Optional.empty(), false, live, ready);
        }
        Optional<Duration> watchdog =
                watchdog(environment, ProcessHandle.current().pid());
        ServiceManager manager = new ServiceManager(socket, watchdog.isPresent(), live, ready);
        Duration every = watchdog.map(each -> each.dividedBy(IN_TIME))
                .filter(each -> each.compareTo(LONGEST) < 0)
                .orElse(LONGEST);
        Thread thread = new Thread(() -> manager.run(every), "watchdog");
        thread.setDaemon(true);
        thread.start();
        return manager;
    }

    /** The program is up: from now on systemd counts it as started. */
    public void started() {
        send("READY=1");
    }

    /** The program is about to end, because it was asked to. */
    public void stopping() {
        send("STOPPING=1\nSTATUS=stopping");
    }

    @Override
    public void close() {
        stopped.countDown();
    }

    /** How often systemd wants to hear of this process; empty if it does not. */
    static Optional<Duration> watchdog(Map<String, String> environment, long pid) {
        String micros = environment.getOrDefault("WATCHDOG_USEC", "");
        String watched = environment.getOrDefault("WATCHDOG_PID", "");
        boolean other = !watched.isEmpty() && !watched.equals(Long.toString(pid));
        if (other || !micros.matches("[1-9][0-9]{0,17}")) {
            return Optional.empty();
        }
        return Optional.of(Duration.ofMillis(Math.max(1, Long.parseLong(micros) / MICROS_PER_MILLI)));
    }

    private void run(Duration every) {
        try {
            do {
                tell();
            } while (!stopped.await(every.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    /** Asks, and tells what came out. Only the watchdog's thread. */
    void tell() {
        Health works = ask(live);
        if (!works.ok() && !mute) {
            LOG.atError()
                    .addKeyValue("reason", works.detail())
                    .log("the process does not work; systemd is told so no more, and will start another");
        }
        mute = !works.ok();
        String status = works.ok() ? words(ask(ready)) : "hangs: " + works.detail();
        StringBuilder state = new StringBuilder();
        if (watched && works.ok()) {
            state.append("WATCHDOG=1\n");
        }
        if (!status.equals(told)) {
            told = status;
            state.append("STATUS=").append(status);
        }
        if (!state.isEmpty()) {
            send(state.toString().strip());
        }
    }

    private static Health ask(Supplier<Health> question) {
        try {
            return question.get();
        } catch (RuntimeException mistake) {
            LOG.atError().setCause(mistake).log("the process cannot say how it is");
            return Health.bad("it cannot be said: " + Failures.oneLine(mistake));
        }
    }

    private static String words(Health health) {
        String words = (health.ok() ? "" : "not ready: ") + health.detail().replaceAll("\\s+", " ");
        return words.length() <= LONGEST_STATUS ? words : words.substring(0, LONGEST_STATUS);
    }

    private void send(String state) {
        if (socket.isEmpty()) {
            return;
        }
        try {
            socket.get().send(state);
        } catch (IOException untold) {
            LOG.atWarn().addKeyValue("reason", Failures.oneLine(untold)).log("systemd could not be told");
        }
    }
}

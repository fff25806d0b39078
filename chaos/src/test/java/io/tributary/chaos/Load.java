package io.tributary.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Appends lines to two growing files, now and then in the middle of a line: {@code events} are numbered, {@code accounts}
 * too and change one of a few accounts each. Among the events are numbered lines that are no JSON. Its own thread writes;
 * any thread asks.
 */
final class Load implements AutoCloseable {
    static final int ACCOUNTS = 211;
    private static final long EVERY_MILLIS = 20;
    private static final int EVENTS_A_TIME = 12;
    private static final int ACCOUNTS_A_TIME = 4;
    private static final int STRIDE = 7919;
    private static final int EVENTS_A_BAD_LINE = 60;
    private static final String BAD_LINE = "{\"no JSON\": ";

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
    private final Writer events;
    private final Writer accounts;
    private final AtomicLong eventLines = new AtomicLong();
    private final AtomicLong accountLines = new AtomicLong();
    private final AtomicLong badLines = new AtomicLong();
    private final ScheduledFuture<?> task;
    private volatile boolean on;
    private String rest = "";

    Load(Path eventFile, Path accountFile) throws IOException {
        events = append(eventFile);
        accounts = append(accountFile);
        task = thread.scheduleAtFixedRate(this::append, EVERY_MILLIS, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    static int account(long n) {
        return (int) (n * STRIDE % ACCOUNTS);
    }

    void on() {
        on = true;
    }

    /** Stops after a whole line; returns when all is in the files. Fails if writing had ended by itself. */
    void off() {
        on = false;
        try {
            if (task.isDone()) {
                task.get();
            }
            thread.submit(this::finishLine).get(1, TimeUnit.MINUTES);
        } catch (InterruptedException | ExecutionException | TimeoutException failed) {
            throw new AssertionError("the load cannot write", failed);
        }
    }

    long events() {
        return eventLines.get();
    }

    long accounts() {
        return accountLines.get();
    }

    /** How many lines were written that are no JSON. */
    long rejects() {
        return badLines.get();
    }

    /** The number of a line that is no JSON. */
    static long reject(String line) {
        return line.startsWith(BAD_LINE) ? Long.parseLong(line.substring(BAD_LINE.length())) : -1;
    }

    private void append() {
        if (!on) {
            return;
        }
        try {
            StringBuilder text = new StringBuilder(rest);
            for (int i = 0; i < EVENTS_A_TIME; i++) {
                long n = eventLines.getAndIncrement();
                text.append("{\"n\":")
                        .append(n)
                        .append(",\"kind\":\"event\",\"note\":\"the load wrote this as number ")
                        .append(n)
                        .append("\"}\n");
                if (n % EVENTS_A_BAD_LINE == 0) {
                    text.append(BAD_LINE).append(badLines.getAndIncrement()).append('\n');
                }
            }
            int whole = text.length() - (eventLines.get() % 5 == 0 ? 17 : 0);
            events.append(text, 0, whole).flush();
            rest = text.substring(whole);
            for (int i = 0; i < ACCOUNTS_A_TIME; i++) {
                long n = accountLines.getAndIncrement();
                accounts.write(
                        "{\"account\":\"a" + account(n) + "\",\"n\":" + n + ",\"balance\":" + n % 1000 + ".5}\n");
            }
            accounts.flush();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void finishLine() {
        try {
            events.append(rest).flush();
            rest = "";
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static Writer append(Path file) throws IOException {
        return Files.newBufferedWriter(
                file, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    @Override
    public void close() throws IOException {
        on = false;
        thread.shutdownNow();
        events.close();
        accounts.close();
    }
}

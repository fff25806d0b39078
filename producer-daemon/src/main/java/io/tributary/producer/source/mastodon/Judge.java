package io.tributary.producer.source.mastodon;

import io.tributary.producer.source.mastodon.Window.Entry;
import io.tributary.producer.source.mastodon.Window.State;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Decides what an observation means, in the light of what was seen before: a post, an edit, a deletion, or nothing new.
 * A uri is published once in each version, and never again after its deletion. Confined to one thread.
 */
final class Judge {
    /** How a status came to be seen. */
    enum Origin {
        /** On a timeline, which is read again and again. */
        TIMELINE,
        /** As news on a stream. */
        STREAM_POST,
        /** As an edit on a stream. */
        STREAM_EDIT
    }

    private final StatusReader reader;
    private final Outbox outbox;
    private final InstantSource clock;
    private final MastodonMetrics metrics;
    private Window window;

    Judge(StatusReader reader, Window window, Outbox outbox, InstantSource clock, MastodonMetrics metrics) {
        this.reader = reader;
        this.window = window;
        this.outbox = outbox;
        this.clock = clock;
        this.metrics = metrics;
    }

    /** Takes another memory: that of the last commit. */
    void remember(Window committed) {
        window = committed;
    }

    Window window() {
        return window;
    }

    /** A status was seen. Returns whether that was news. */
    boolean seen(String instance, Reading reading, String raw, Origin origin) {
        if (reading instanceof Reading.Status status) {
            metrics.sawStatus(status.created());
            return seen(instance, status, origin);
        }
        if (reading instanceof Reading.Unknown unknown) {
            return unknown(instance, unknown, raw);
        }
        metrics.boost();
        return false;
    }

    /** The JSON text of a status was seen. */
    boolean seen(String instance, String raw, Origin origin) {
        return seen(instance, reader.read(raw), raw, origin);
    }

    private boolean unknown(String instance, Reading.Unknown unknown, String raw) {
        String name = unknown.id().isEmpty() ? "#" + StatusReader.digest(raw) : unknown.id();
        String key = Window.alias(instance, name);
        if (window.byKey(key).isPresent()) {
            return false;
        }
        outbox.refuse(instance, unknown.reason(), raw);
        window.put(new Entry(key, State.REFUSED, Optional.empty(), "", List.of()));
        return true;
    }

    private boolean seen(String instance, Reading.Status status, Origin origin) {
        String alias = Window.alias(instance, status.id());
        Optional<Entry> named = window.byKey(alias).filter(entry -> entry.state() == State.DELETED);
        Optional<Entry> known = window.byKey(status.uri());
        boolean deleted = known.map(entry -> entry.state() == State.DELETED).orElse(false);
        if (named.isPresent() && !deleted) {
            // Its deletion came first. Whoever has it from elsewhere learns of it, too.
            outbox.tombstone(status.uri(), instance, status.id(), now());
            window.put(entry(status, State.DELETED, known, alias));
            metrics.overtaken();
            return true;
        }
        if (known.isEmpty()) {
            return first(instance, status, alias, origin);
        }
        Entry before = known.get();
        if (!before.aliases().contains(alias)) {
            window.put(entry(before, alias));
        }
        return !deleted && again(instance, status, alias, before, origin);
    }

    private boolean first(String instance, Reading.Status status, String alias, Origin origin) {
        State state = State.PUBLISHED;
        if (status.withheld().isPresent()) {
            state = State.WITHHELD;
            metrics.withheld();
        } else if (!outbox.status(status, instance, now(), origin == Origin.STREAM_EDIT ? "edit" : "post")) {
            state = State.REFUSED;
        }
        window.put(entry(status, state, Optional.empty(), alias));
        return true;
    }

    private boolean again(String instance, Reading.Status status, String alias, Entry before, Origin origin) {
        int age = status.edited().orElse(Instant.MIN).compareTo(before.edited().orElse(Instant.MIN));
        boolean changed = !status.digest().equals(before.digest());
        boolean newer = age > 0
                || (age == 0
                        && changed
                        && (origin == Origin.STREAM_EDIT || status.edited().isEmpty()));
        if (status.withheld().isPresent()) {
            if (age < 0 || before.state() != State.PUBLISHED) {
                return false;
            }
            // Its author does not want it to be here any more.
            outbox.tombstone(status.uri(), instance, status.id(), now());
            window.put(entry(status, State.WITHHELD, Optional.of(before), alias));
            metrics.withheld();
            return true;
        }
        if (!newer) {
            return false;
        }
        boolean sent = outbox.status(status, instance, now(), before.state() == State.PUBLISHED ? "edit" : "post");
        window.put(entry(status, sent ? State.PUBLISHED : State.REFUSED, Optional.of(before), alias));
        return true;
    }

    /** An instance was asked how what is published stands. */
    void reconciled(String instance, Reconciler.Found found) {
        found.there().forEach(status -> seen(instance, status, Origin.TIMELINE));
        found.gone().forEach(id -> deleted(instance, id));
    }

    /** An instance says that what it calls {@code id} is gone. */
    void deleted(String instance, String id) {
        String alias = Window.alias(instance, id);
        Optional<Entry> known = window.byAlias(instance, id);
        if (known.isEmpty()) {
            if (window.byKey(alias).map(entry -> entry.state() != State.DELETED).orElse(true)) {
                // Remembered, for the post may follow its deletion.
                window.put(new Entry(alias, State.DELETED, Optional.empty(), "", List.of()));
                metrics.unknownDelete();
            }
            return;
        }
        Entry entry = known.get();
        if (entry.state() == State.DELETED) {
            return;
        }
        if (entry.state() == State.PUBLISHED) {
            outbox.tombstone(entry.key(), instance, id, now());
        }
        window.put(new Entry(entry.key(), State.DELETED, entry.edited(), entry.digest(), entry.aliases()));
    }

    /** Milliseconds are as fine as instances are; a lake keeps no nanoseconds. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private static Entry entry(Reading.Status status, State state, Optional<Entry> before, String alias) {
        List<String> aliases = new ArrayList<>(before.map(Entry::aliases).orElse(List.of()));
        if (!aliases.contains(alias)) {
            aliases.add(alias);
        }
        return new Entry(status.uri(), state, status.edited(), status.digest(), List.copyOf(aliases));
    }

    private static Entry entry(Entry before, String alias) {
        List<String> aliases = new ArrayList<>(before.aliases());
        aliases.add(alias);
        return new Entry(before.key(), before.state(), before.edited(), before.digest(), List.copyOf(aliases));
    }
}

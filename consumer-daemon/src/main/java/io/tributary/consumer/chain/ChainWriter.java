package io.tributary.consumer.chain;

import io.tributary.staging.Compression;
import io.tributary.staging.CutReason;
import io.tributary.staging.Link;
import io.tributary.staging.LinkMetadata;
import io.tributary.staging.LinkName;
import io.tributary.staging.OffsetRange;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Appends to one chain: the open link that records are gathered in, the closed ones that wait to be written, and what
 * follows from each answer of the store.
 *
 * <p>Two rules make the chain exact, and this class is where both are kept. A link is named by the end of the one
 * before it, and at most one link is being written: {@link #startPut()} gives the next only when the one before it is
 * known to exist. So no link ever exists without its predecessor, and two writers always contend for the same name.
 *
 * <p>Confined to one thread.
 *
 * @param <B> what the caller gathers a link's lines in
 */
public final class ChainWriter<B> {
    private final RollPolicy policy;
    private final Compression compression;
    private final Function<LinkName, B> bodies;
    private final Deque<CutLink<B>> closed = new ArrayDeque<>();

    private LinkName name;
    private long position;
    private OptionalLong began;
    private Optional<OffsetRange> lost;
    private boolean putting;

    private @Nullable B body;
    private long records;
    private long bytes;
    private long openedAt;
    private long firstTimestamp;
    private long lastTimestamp;

    /**
     * A writer that goes on where {@code resume} says.
     *
     * @param compression the codec of all links but the next, whose codec its predecessor has fixed
     * @param bodies      makes an empty body for the link of the given name
     * @param now         monotonic milliseconds
     */
    public ChainWriter(
            Resume resume, RollPolicy policy, Compression compression, Function<LinkName, B> bodies, long now) {
        this.policy = policy;
        this.compression = compression;
        this.bodies = bodies;
        this.name = resume.name();
        this.position = resume.position();
        this.began = resume.began();
        this.lost = resume.lost();
        this.openedAt = now;
    }

    /** The name of the open link. */
    public LinkName name() {
        return name;
    }

    /** The offset that is read next: everything below it is in a link of this chain or gathered here. */
    public long position() {
        return position;
    }

    /** The body of the open link, if it has records. */
    public Optional<B> openBody() {
        return Optional.ofNullable(body);
    }

    /** How many records the open link has. */
    public long openRecords() {
        return records;
    }

    /** How many records are gathered in all, in the open link and in those that wait to be written. */
    public long gatheredRecords() {
        return records + closed.stream().mapToLong(CutLink::records).sum();
    }

    /** How many closed links are not known to exist yet. */
    public int closedLinks() {
        return closed.size();
    }

    /** Whether all that was gathered is known to be in the chain, but for offsets without records. */
    public boolean idle() {
        return closed.isEmpty() && !hasContent();
    }

    /**
     * Takes one record into the open link.
     *
     * @param offset    not below {@link #position()}
     * @param size      its key's and value's bytes
     * @param timestamp epoch milliseconds
     * @param now       monotonic milliseconds
     * @return the body that the record's line goes to
     */
    public B append(long offset, int size, long timestamp, long now) {
        if (offset < position) {
            throw new IllegalStateException(
                    name.chain() + ": offset " + offset + " was given again; offset " + position + " is next");
        }
        B target = body;
        if (target == null) {
            target = bodies.apply(name);
            body = target;
            firstTimestamp = timestamp;
            if (lost.isEmpty()) {
                openedAt = now;
            }
        }
        records++;
        bytes += size;
        lastTimestamp = timestamp;
        position = offset + 1;
        return target;
    }

    /**
     * Moves on past offsets that hold no records: transaction markers and what compaction left out.
     *
     * @param now monotonic milliseconds
     */
    public void moveTo(long newPosition, long now) {
        if (newPosition > position) {
            if (!hasContent() && !trailing()) {
                openedAt = now;
            }
            position = newPosition;
        }
    }

    /**
     * Moves on to the log's start past offsets that expired unread, and notes them in the open link. That link is closed
     * first where it names another range already: it can name one only.
     *
     * @param logStart the first offset that can still be read, above {@link #position()}
     * @param now      monotonic milliseconds
     * @return the link that had to be closed
     */
    public Optional<CutLink<B>> expire(long logStart, long now) {
        Optional<CutLink<B>> full = Optional.empty();
        boolean nothingYet = name.from() == 0 && closed.isEmpty() && body == null && lost.isEmpty();
        if (nothingYet) {
            began = OptionalLong.of(logStart);
        } else {
            OffsetRange more = new OffsetRange(position, logStart);
            boolean apart = lost.isPresent() && lost.get().next() != position;
            if (apart) {
                full = cut(CutReason.AGE, now);
            }
            if (!hasContent()) {
                openedAt = now;
            }
            lost = Optional.of(new OffsetRange(lost.map(OffsetRange::from).orElse(more.from()), logStart));
        }
        position = logStart;
        return full;
    }

    /** Whether the open link has reached its records or bytes. */
    public Optional<CutReason> full() {
        return policy.full(records, bytes);
    }

    /** Whether the open link should be closed now, and why. */
    public Optional<CutReason> due(long now) {
        long age = now - openedAt;
        if (!hasContent()) {
            return trailing() && policy.idle(age) ? Optional.of(CutReason.AGE) : Optional.empty();
        }
        Optional<CutReason> full = full();
        return full.isPresent() || !policy.old(age) ? full : Optional.of(CutReason.AGE);
    }

    /**
     * Closes the open link, which then waits to be written, and opens the next.
     *
     * <p>Offsets without records are worth a link of their own once they are old, and when nobody may come to read on
     * for a long time: were they never in a link, the next to come could not tell them from records that expired
     * unread. Otherwise they wait for the next record's link.
     *
     * @return the link; empty if there is nothing to write
     */
    public Optional<CutLink<B>> cut(CutReason reason, long now) {
        boolean lasting = reason == CutReason.AGE || reason == CutReason.SHUTDOWN;
        if (!hasContent() && !(lasting && trailing())) {
            return Optional.empty();
        }
        CutLink<B> link = new CutLink<>(
                name,
                position,
                records,
                records == 0
                        ? Optional.empty()
                        : Optional.of(new LinkMetadata.Timestamps(firstTimestamp, lastTimestamp)),
                reason,
                began,
                lost,
                compression,
                openedAt,
                body == null ? bodies.apply(name) : body);
        closed.add(link);
        open(link.successor(), now);
        return Optional.of(link);
    }

    /** The oldest closed link, whether it is being written or not. */
    public Optional<CutLink<B>> oldest() {
        return Optional.ofNullable(closed.peek());
    }

    /** The bodies of the closed links. */
    public Stream<B> closedBodies() {
        return closed.stream().map(CutLink::body);
    }

    /**
     * The link to write now: the oldest closed one, unless one is being written.
     *
     * @return a link, which is then being written until {@link #created()} or {@link #taken}
     */
    public Optional<CutLink<B>> startPut() {
        if (putting || closed.isEmpty()) {
            return Optional.empty();
        }
        putting = true;
        return Optional.of(closed.element());
    }

    /** The link being written was created. */
    public CutLink<B> created() {
        requirePutting();
        putting = false;
        return closed.remove();
    }

    /**
     * The name of the link being written is taken: by another writer, or by us, and the answer got lost. The one rule
     * for both is that the chain goes on where the link that exists ends.
     *
     * @param existing what is there
     * @param now      monotonic milliseconds
     */
    public Adoption<B> taken(Link existing, long now) {
        requirePutting();
        CutLink<B> ours = closed.element();
        if (!existing.name().equals(ours.name())) {
            throw new IllegalArgumentException("asked for " + ours.name() + ", told of " + existing.name());
        }
        putting = false;
        if (existing.successor().equals(ours.successor())) {
            return new Adoption.Same<>(closed.remove());
        }
        List<B> dropped = abandon();
        open(existing.successor(), now);
        position = name.from();
        return new Adoption.Rewound<>(position, dropped);
    }

    /** Drops everything that is not known to be in the chain. The writer is of no use afterwards. */
    public List<B> abandon() {
        List<B> dropped = new ArrayList<>();
        closed.forEach(link -> dropped.add(link.body()));
        closed.clear();
        if (body != null) {
            dropped.add(body);
            body = null;
        }
        return dropped;
    }

    private void open(LinkName next, long now) {
        name = next;
        body = null;
        records = 0;
        bytes = 0;
        openedAt = now;
        began = OptionalLong.empty();
        lost = Optional.empty();
    }

    private boolean hasContent() {
        return body != null || lost.isPresent();
    }

    /** Whether offsets without records follow the last link. */
    private boolean trailing() {
        return position > name.from();
    }

    private void requirePutting() {
        if (!putting) {
            throw new IllegalStateException(name.chain() + ": no link is being written");
        }
    }
}

package io.tributary.consumer.simulation;

import io.tributary.consumer.chain.Adoption;
import io.tributary.consumer.chain.ChainWriter;
import io.tributary.consumer.chain.CommitHint;
import io.tributary.consumer.chain.CutLink;
import io.tributary.consumer.chain.OutOfLog;
import io.tributary.consumer.chain.Resume;
import io.tributary.consumer.chain.RollPolicy;
import io.tributary.consumer.store.ChainEnd;
import io.tributary.consumer.store.FollowingStore;
import io.tributary.consumer.store.LinkAppend;
import io.tributary.consumer.store.LinkBody;
import io.tributary.consumer.store.StagingStore;
import io.tributary.consumer.store.StoreException;
import io.tributary.staging.ChainId;
import io.tributary.staging.Compression;
import io.tributary.staging.CutReason;
import io.tributary.staging.Link;
import io.tributary.staging.LinkMetadata;
import io.tributary.staging.LinkName;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The real chain writer and the real recovery, driven by a schedule instead of by Kafka, S3 and threads. It may be a
 * zombie: nothing tells it that its partition has another owner by now. Confined to one thread.
 */
final class SimulatedWriter {
    private static final RollPolicy POLICY = new RollPolicy(30, 1000, Duration.ofMillis(50), Duration.ofMillis(200));
    private static final List<CutReason> REASONS = List.of(CutReason.MEMORY, CutReason.REVOKED, CutReason.SHUTDOWN);

    private final World world;
    private final Mutant mutant;
    private final long assignment;
    private final Compression compression;
    /** Remembers where chains went, for as long as this writer lives. */
    private final StagingStore store;

    /** What the cluster said when this writer asked where to go on; null before it asked. */
    private @Nullable Facts facts;

    private @Nullable ChainWriter<List<Long>> writer;
    private ChainId chain;
    private long reads;
    private boolean reading;
    private boolean moved;
    private @Nullable CutLink<List<Long>> putting;
    private boolean incarnationChecked;

    private record Facts(ChainId chain, long logStart, OptionalLong committed, String note) {}

    SimulatedWriter(World world, Mutant mutant, boolean zstd) {
        this.world = world;
        this.mutant = mutant;
        this.assignment = ++world.assignment;
        this.compression = zstd ? Compression.ZSTD : Compression.GZIP;
        this.chain = world.log().chain;
        this.store = switch (mutant) {
            case END_NOT_FOLLOWED -> world.store.of(SimulatedGenerations.HOME);
            case MARK_TAKEN_FOR_THE_END ->
                new FollowingStore(SimulatedGenerations.HOME, prefix -> new BelievedMarks(world.store, prefix));
            default -> world.store.following();
        };
    }

    boolean drained() {
        return reading
                && writer != null
                && writer.idle()
                && reads >= world.log().end
                && chain.equals(world.log().chain);
    }

    /** Reads on; before it knows where, it takes one step towards knowing. */
    void poll(int most, Fate fate) {
        if (!reading) {
            recover(fate);
            return;
        }
        ChainWriter<List<Long>> open = current();
        World.Log log = world.log();
        if (reads < log.start || reads > log.end) {
            reading = false;
            facts = null;
            moved = false;
            return;
        }
        long until = Math.min(reads + most, log.end);
        for (; reads < until; reads++) {
            if (log.records.get((int) reads)) {
                open.append(reads, 10, 1, world.now).add((world.logs.size() - 1L) * World.END + reads);
                open.full().ifPresent(reason -> open.cut(reason, world.now));
            }
        }
        if (most % 2 == 0) {
            open.moveTo(reads, world.now);
        }
    }

    void cut(int how) {
        ChainWriter<List<Long>> open = writer;
        if (open == null) {
            return;
        }
        // The position is not always to be had.
        if (reading && how % 4 > 0) {
            open.moveTo(reads, world.now);
        }
        CutReason reason = open.due(world.now).orElse(REASONS.get(how % REASONS.size()));
        if (mutant == Mutant.TRAILING_OFFSETS_NOT_LINKED && open.idle()) {
            return;
        }
        open.cut(reason, world.now).ifPresent(link -> {
            if (mutant == Mutant.COMMIT_BEFORE_WRITTEN) {
                commit(link.next(), link.name());
            }
        });
    }

    /** Tries to write the oldest closed link. */
    void put(int how, Fate fate) {
        ChainWriter<List<Long>> open = writer;
        if (open == null) {
            return;
        }
        if (putting == null) {
            putting = open.startPut().orElse(null);
            incarnationChecked = mutant == Mutant.TOPIC_ID_NOT_READ_AGAIN;
        }
        CutLink<List<Long>> link = putting;
        if (link == null) {
            return;
        }
        if (!incarnationChecked && !chain.equals(world.log().chain)) {
            writer = null;
            putting = null;
            facts = null;
            reading = false;
            return;
        }
        incarnationChecked = true;
        try {
            if (mutant == Mutant.PUTS_OUT_OF_ORDER && how % 4 == 0) {
                open.cut(CutReason.MEMORY, world.now).ifPresent(this::putUnasked);
            }
            answered(link, send(link, fate), how);
        } catch (StoreException unknown) {
            // Tried again at the next put.
        }
    }

    private void putUnasked(CutLink<List<Long>> link) {
        try {
            send(link, Fate.ANSWERED);
        } catch (StoreException cannotHappenWithAnAnswer) {
            throw new AssertionError(cannotHappenWithAnAnswer);
        }
    }

    private LinkAppend.Result send(CutLink<List<Long>> link, Fate fate) throws StoreException {
        LinkMetadata metadata = link.metadata("sha256:" + link.body().hashCode(), "w" + assignment);
        if (!link.body().isEmpty()) {
            long last = link.body().get(link.body().size() - 1) % World.END;
            metadata = switch (mutant) {
                case NEXT_IS_LAST_OFFSET -> ending(metadata, last);
                case NEXT_IS_AFTER_LAST_RECORD -> ending(metadata, last + 1);
                default -> metadata;
            };
        }
        world.store.with(fate);
        return LinkAppend.attempt(store, link.name(), metadata, content(link.body()));
    }

    private void answered(CutLink<List<Long>> link, LinkAppend.Result result, int how) {
        putting = null;
        ChainWriter<List<Long>> open = current();
        if (result instanceof LinkAppend.Taken taken && mutant != Mutant.TAKEN_IS_CREATED) {
            adopt(open, taken.link());
            commit(taken.link().metadata().next(), taken.link().name());
            return;
        }
        CutLink<List<Long>> created = open.created();
        if (how % 3 > 0) {
            commit(created.next(), link.name());
        }
    }

    private void adopt(ChainWriter<List<Long>> open, Link existing) {
        if (open.taken(existing, world.now) instanceof Adoption.Rewound<List<Long>> rewound
                && mutant != Mutant.ADOPTION_KEEPS_READING) {
            reads = rewound.position();
            moved = true;
        }
        // Without this, the mutant would be stopped by the writer's own check.
        reads = Math.max(reads, open.position());
    }

    /** The group takes commits of the partition's owner only. */
    private void commit(long next, LinkName last) {
        if (assignment == world.assignment) {
            world.commit(chain, next, CommitHint.of(last));
        }
    }

    /** First asks the cluster, then the store; others may act in between. */
    private void recover(Fate fate) {
        Facts known = facts;
        if (known == null) {
            facts = new Facts(world.log().chain, world.log().start, world.committed, world.note);
            return;
        }
        ChainWriter<List<Long>> before = writer;
        if (before != null && known.chain().equals(chain)) {
            boolean told = moved && mutant != Mutant.ADOPTION_TAKEN_FOR_TRUNCATION;
            switch (OutOfLog.of(before.position(), known.logStart(), told)) {
                case TRUNCATED -> throw new IllegalStateException("a log was truncated that never is");
                case EXPIRED -> before.expire(known.logStart(), world.now);
                case MOVED -> {}
            }
            reads = before.position();
            reading = true;
            return;
        }
        try {
            resume(known, resumeOf(known, fate));
        } catch (StoreException unknown) {
            // Tried again at the next poll.
        }
    }

    private void resume(Facts known, Resume resume) {
        putting = null;
        chain = known.chain();
        reads = resume.position();
        reading = true;
        writer = new ChainWriter<>(resume, POLICY, compression, name -> new ArrayList<>(), world.now);
    }

    private Resume resumeOf(Facts known, Fate fate) throws StoreException {
        world.store.with(fate);
        Optional<Link> end = mutant == Mutant.END_NOT_LISTED
                ? Optional.empty()
                : ChainEnd.find(store, known.chain(), CommitHint.parse(known.note()));
        Resume resume = Resume.after(known.chain(), end, known.logStart());
        OptionalLong wrong = switch (mutant) {
            case FIRST_NAMED_BY_LOG_START -> end.isEmpty() ? OptionalLong.of(known.logStart()) : OptionalLong.empty();
            case FIRST_NAMED_BY_COMMIT -> end.isEmpty() ? known.committed() : OptionalLong.empty();
            case END_IS_COMMITTED_OFFSET -> known.committed();
            default -> OptionalLong.empty();
        };
        if (wrong.isPresent()) {
            return new Resume(
                    new LinkName(known.chain(), wrong.getAsLong(), Compression.GZIP),
                    Math.max(wrong.getAsLong(), known.logStart()),
                    resume.began(),
                    resume.lost());
        }
        return mutant == Mutant.LOSS_NOT_NAMED
                ? new Resume(resume.name(), resume.position(), resume.began(), Optional.empty())
                : resume;
    }

    private ChainWriter<List<Long>> current() {
        ChainWriter<List<Long>> open = writer;
        if (open == null) {
            throw new IllegalStateException("not recovered yet");
        }
        return open;
    }

    private static LinkMetadata ending(LinkMetadata metadata, long next) {
        return new LinkMetadata(
                next,
                metadata.records(),
                metadata.digest(),
                metadata.timestamps(),
                metadata.writer(),
                metadata.cut(),
                metadata.began(),
                metadata.lost(),
                metadata.nextCompression());
    }

    /** Each record is the number that names it: a new incarnation's are others, though their offsets are the same. */
    private static LinkBody content(List<Long> tags) {
        ByteBuffer bytes = ByteBuffer.allocate(tags.size() * Long.BYTES);
        tags.forEach(bytes::putLong);
        return new LinkBody(List.of(bytes.array()));
    }
}

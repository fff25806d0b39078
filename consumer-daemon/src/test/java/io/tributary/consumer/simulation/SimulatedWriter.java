package io.tributary.consumer.simulation;

import io.tributary.consumer.chain.Adoption;
import io.tributary.consumer.chain.ChainWriter;
import io.tributary.consumer.chain.CommitHint;
import io.tributary.consumer.chain.CutLink;
import io.tributary.consumer.chain.Resume;
import io.tributary.consumer.chain.RollPolicy;
import io.tributary.consumer.store.ChainEnd;
import io.tributary.consumer.store.LinkAppend;
import io.tributary.consumer.store.LinkBody;
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
    private static final RollPolicy POLICY = new RollPolicy(40, 1000, Duration.ofMillis(50), Duration.ofMillis(200));

    private final World world;
    private final Mutant mutant;
    private final long assignment;
    private final Compression compression;

    private ChainId chain;
    private ChainWriter<List<Long>> writer;
    private long reads;
    private long now;
    private @Nullable CutLink<List<Long>> putting;
    private boolean alive = true;

    SimulatedWriter(World world, Mutant mutant) {
        this.world = world;
        this.mutant = mutant;
        this.assignment = world.assignment;
        this.compression = world.random.nextInt(4) == 0 ? Compression.ZSTD : Compression.GZIP;
        this.chain = world.log().chain;
        this.writer = recover();
    }

    boolean alive() {
        return alive;
    }

    boolean drained() {
        return writer.idle() && reads >= world.log().end && chain.equals(world.log().chain);
    }

    void crash() {
        alive = false;
    }

    void poll(int most) {
        if (reads < world.log().start) {
            writer.expire(world.log().start, now);
            reads = world.log().start;
        }
        long until = Math.min(reads + most, world.log().end);
        for (; reads < until; reads++) {
            if (world.log().records.get((int) reads)) {
                writer.append(reads, 10, 1, now).add(tag(reads));
                writer.full().ifPresent(reason -> writer.cut(reason, now));
            }
        }
        // The reader learns of trailing gaps late, or not at all before a cut.
        if (world.random.nextBoolean()) {
            writer.moveTo(reads, now);
        }
    }

    void cut() {
        now += world.random.nextInt(40);
        CutReason reason = writer.due(now).orElse(CutReason.MEMORY);
        writer.cut(reason, now);
    }

    /** Tries to write the oldest closed link, and has whatever luck the schedule deals. */
    void put() {
        if (putting == null) {
            putting = writer.startPut().orElse(null);
        }
        CutLink<List<Long>> link = putting;
        if (link == null) {
            return;
        }
        if (mutant == Mutant.PUTS_OUT_OF_ORDER && world.random.nextInt(4) == 0) {
            writer.cut(CutReason.MEMORY, now).ifPresent(this::send);
        }
        if (!chain.equals(world.log().chain) && mutant != Mutant.TOPIC_ID_NOT_READ_AGAIN) {
            chain = world.log().chain;
            writer = recover();
            return;
        }
        switch (world.random.nextInt(12)) {
            case 0 -> crash();
            case 1 -> {
                send(link);
                crash();
            }
            case 2 -> {
                world.inTheAir.add(() -> send(link));
                crash();
            }
            case 3, 4 -> send(link); // The answer is lost.
            case 5 -> {
                // A 409 or a 503: nothing was written.
            }
            default -> answered(link, send(link));
        }
    }

    private LinkAppend.Result send(CutLink<List<Long>> link) {
        LinkMetadata metadata = link.metadata("sha256:00", "w");
        if (mutant == Mutant.NEXT_IS_LAST_OFFSET && link.records() > 0) {
            long last = link.body().get(link.body().size() - 1) % World.END;
            metadata = new LinkMetadata(
                    last,
                    Math.min(link.records(), last - link.name().from()),
                    metadata.digest(),
                    metadata.timestamps(),
                    metadata.writer(),
                    metadata.cut(),
                    metadata.began(),
                    metadata.lost(),
                    metadata.nextCompression());
        }
        if (mutant == Mutant.UNCONDITIONAL_PUT) {
            world.store.overwrite(link.name(), metadata, content(link.body()));
            return new LinkAppend.Created();
        }
        try {
            return LinkAppend.attempt(world.store, link.name(), metadata, content(link.body()));
        } catch (StoreException cannotHappenInMemory) {
            throw new AssertionError(cannotHappenInMemory);
        }
    }

    private void answered(CutLink<List<Long>> link, LinkAppend.Result result) {
        putting = null;
        if (result instanceof LinkAppend.Taken taken && mutant != Mutant.TAKEN_IS_CREATED) {
            adopt(taken.link());
            return;
        }
        CutLink<List<Long>> created = writer.created();
        if (assignment == world.assignment && world.random.nextInt(3) > 0) {
            world.commit(created.next(), CommitHint.of(link.name()));
        }
    }

    private void adopt(Link existing) {
        if (writer.taken(existing, now) instanceof Adoption.Rewound<List<Long>> rewound
                && mutant != Mutant.ADOPTION_KEEPS_READING) {
            reads = rewound.position();
        }
        reads = Math.max(reads, writer.position());
    }

    private ChainWriter<List<Long>> recover() {
        putting = null;
        Optional<Link> end = Optional.empty();
        try {
            if (mutant != Mutant.END_NOT_LISTED) {
                end = ChainEnd.find(world.store, chain, CommitHint.parse(world.note));
            }
        } catch (StoreException cannotHappenInMemory) {
            throw new AssertionError(cannotHappenInMemory);
        }
        Resume resume = Resume.after(chain, end, world.log().start);
        if (end.isEmpty()) {
            OptionalLong wrong = switch (mutant) {
                case FIRST_NAMED_BY_LOG_START -> OptionalLong.of(world.log().start);
                case FIRST_NAMED_BY_COMMIT -> world.committed;
                default -> OptionalLong.empty();
            };
            if (wrong.isPresent()) {
                resume = new Resume(
                        new LinkName(chain, wrong.getAsLong(), Compression.GZIP),
                        Math.max(wrong.getAsLong(), resume.position()),
                        resume.began(),
                        resume.lost());
            }
        }
        reads = resume.position();
        return new ChainWriter<>(resume, POLICY, compression, name -> new ArrayList<>(), now);
    }

    /** A record's identity: a new incarnation's records are others, though their offsets are the same. */
    private long tag(long offset) {
        return (world.logs.size() - 1L) * World.END + offset;
    }

    private static LinkBody content(List<Long> tags) {
        ByteBuffer bytes = ByteBuffer.allocate(tags.size() * Long.BYTES);
        tags.forEach(bytes::putLong);
        return new LinkBody(List.of(bytes.array()));
    }
}

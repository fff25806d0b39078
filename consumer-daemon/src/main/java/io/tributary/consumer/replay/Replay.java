package io.tributary.consumer.replay;

import io.tributary.consumer.chain.RollPolicy;
import io.tributary.consumer.store.ChainEnd;
import io.tributary.consumer.store.LinkAppend;
import io.tributary.consumer.store.LinkBody;
import io.tributary.consumer.store.StagedChain;
import io.tributary.consumer.store.StagingStore;
import io.tributary.consumer.store.StoreException;
import io.tributary.consumer.upload.ClusterSilentException;
import io.tributary.consumer.upload.Patience;
import io.tributary.daemon.UsageException;
import io.tributary.staging.ChainId;
import io.tributary.staging.Compression;
import io.tributary.staging.CutReason;
import io.tributary.staging.Link;
import io.tributary.staging.LinkMetadata;
import io.tributary.staging.LinkName;
import io.tributary.staging.OffsetRange;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * Writes a chain anew into another store, link after link, each by the conditional put of every writer: so that being
 * killed, or done twice, or by two at once, makes one generation. What it writes follows from the old chain and from
 * Kafka alone. Confined to one thread.
 */
public final class Replay {
    private final StagedChain old;
    private final StagingStore generation;
    private final RecordLog log;
    private final RecordLog.Topics topics;
    private final Patience patience;
    private final RollPolicy roll;
    private final Compression compression;

    /**
     * A replay.
     *
     * @param old         the chains that exist
     * @param generation  where the new ones go
     * @param log         what Kafka has
     * @param topics      asked before each link that was read from Kafka: a topic created anew has other records
     * @param patience    how often a link is tried
     * @param roll        when a link is cut where no old link ends
     * @param compression the codec of links that follow one which ends where no old link does
     */
    public Replay(
            StagedChain old,
            StagingStore generation,
            RecordLog log,
            RecordLog.Topics topics,
            Patience patience,
            RollPolicy roll,
            Compression compression) {
        this.old = old;
        this.generation = generation;
        this.log = log;
        this.topics = topics;
        this.patience = patience;
        this.roll = roll;
        this.compression = compression;
    }

    /**
     * What was done.
     *
     * @param end    where both chains end now
     * @param links  links written by this run
     * @param copied records copied by this run
     * @param reread records read from Kafka again by this run
     */
    public record Report(long end, long links, long copied, long reread) {}

    /**
     * Brings a chain's new generation up to the old one's end.
     *
     * @param wanted   what to read again, where Kafka still has it
     * @param retained the offsets that Kafka has
     * @throws UsageException if the old chain cannot be read whole, or another replay's links are there
     * @throws StoreException if the store did not answer; the same replay may be begun again and goes on
     * @throws ClusterSilentException if Kafka did not answer; likewise
     */
    public Report run(ChainId chain, Asked wanted, OffsetRange retained)
            throws UsageException, StoreException, ClusterSilentException {
        Optional<Link> last = ChainEnd.find(generation, chain, OptionalLong.empty());
        // A generation that was begun goes on with the offsets that the same words meant then.
        Asked asked = last.flatMap(link -> Asked.of(link.metadata().writer()))
                .filter(begun -> begun.words().equals(wanted.words()))
                .orElse(wanted);
        if (last.isPresent() && !last.get().metadata().writer().startsWith(asked.sign())) {
            throw new UsageException("the generation holds links of another writer ("
                    + last.get().metadata().writer() + "): choose another prefix");
        }
        Writing writing = new Writing(last.map(Link::successor).orElseGet(() -> LinkName.first(chain)), asked.sign());
        for (ReplayPlan.Piece piece : ReplayPlan.of(
                old.links(chain), asked.offsets(), retained, writing.name().from())) {
            write(chain, piece, writing);
        }
        return new Report(writing.name().from(), writing.links, writing.copied, writing.reread);
    }

    /**
     * Copies one link, which begins where the generation ends, as it is.
     *
     * @param end the generation's last link before
     * @throws UsageException if the link does not hold what it says, or something else is there
     * @throws StoreException if the store did not answer; it may be copied all the same
     */
    public Link copy(Link link, Link end) throws UsageException, StoreException, ClusterSilentException {
        Asked asked = Asked.of(end.metadata().writer())
                .orElseThrow(() -> new UsageException("link " + end.name().key("") + " was not written by a replay"));
        Writing writing = new Writing(link.name(), asked.sign());
        content(link).forEach(writing.draft::add);
        return writing.put(link.metadata().next(), link.metadata().cut(), Optional.of(link));
    }

    private void write(ChainId chain, ReplayPlan.Piece piece, Writing writing)
            throws UsageException, StoreException, ClusterSilentException {
        List<Line> before = piece.isAllNew() || piece.old().isEmpty()
                ? List.of()
                : content(piece.old().get());
        // A skip may hide more than a link can hold; all else that is there was one link and stays one.
        boolean mayCut = piece.old().map(link -> link.metadata().records() == 0).orElse(true);
        for (Line line : before) {
            if (line.offset() >= piece.range().from()
                    && line.offset() < piece.reread().from()) {
                writing.draft.add(line);
                writing.copied++;
            }
        }
        if (piece.reread().from() < piece.reread().next()) {
            writing.fromKafka = true;
            RecordLog.Lines again = log.lines(chain, piece.reread());
            for (Optional<Line> next = again.next(); next.isPresent(); next = again.next()) {
                Line line = next.get();
                writing.draft.add(line);
                writing.reread++;
                boolean full = writing.draft.records() >= roll.maxRecords() || writing.draft.bytes() >= roll.maxBytes();
                if (mayCut && full && line.offset() + 1 < piece.range().next()) {
                    writing.put(line.offset() + 1, CutReason.RECORDS, piece.old());
                    writing.fromKafka = true;
                }
            }
        }
        for (Line line : before) {
            if (line.offset() >= piece.reread().next()
                    && line.offset() >= piece.range().from()) {
                writing.draft.add(line);
                writing.copied++;
            }
        }
        CutReason cut = piece.old().map(link -> link.metadata().cut()).orElse(CutReason.RECORDS);
        boolean skip = cut == CutReason.SKIP && writing.draft.records() > 0;
        writing.put(piece.range().next(), skip ? CutReason.RECORDS : cut, piece.old());
    }

    private void checkIncarnation(ChainId chain) throws UsageException, ClusterSilentException {
        Optional<String> now = topics.incarnation(chain.topic());
        if (!now.equals(Optional.of(chain.incarnation()))) {
            throw new UsageException("topic " + chain.topic() + " was deleted while it was read: its id was "
                    + chain.incarnation() + " and "
                    + now.map(id -> "is " + id + " now").orElse("it is gone")
                    + "; what the generation holds is sound, and cannot be brought further from Kafka");
        }
    }

    private List<Line> content(Link link) throws UsageException, StoreException {
        return Line.sound(old, link)
                .orElseThrow(() -> new UsageException("link " + link.name()
                        + " does not hold what its digest says: read its offsets " + link.range() + " again"));
    }

    /** The link that is being gathered, and the counts. */
    private final class Writing {
        private final String sign;
        private final String writer;
        private LinkDraft draft;
        private boolean fromKafka;
        private long links;
        private long copied;
        private long reread;

        /** Whoever is asked the same has the same sign; each run is a writer of its own. */
        Writing(LinkName first, String sign) {
            this.sign = sign;
            this.writer = sign + UUID.randomUUID();
            this.draft = new LinkDraft(first);
        }

        LinkName name() {
            return draft.name();
        }

        Link put(long next, CutReason cut, Optional<Link> like)
                throws StoreException, UsageException, ClusterSilentException {
            LinkName name = draft.name();
            OptionalLong began = like.map(link -> link.metadata().began()).orElse(OptionalLong.empty());
            // A link cut in pieces: each names what it covers of the offsets that expired.
            Optional<OffsetRange> lost = like.flatMap(link -> link.metadata().lost())
                    .flatMap(range -> range.within(new OffsetRange(name.from(), next)));
            // Where an old link ends, the next link has the name that it has in the old generation.
            Compression following = like.map(Link::successor)
                    .filter(successor -> successor.from() == next)
                    .map(LinkName::compression)
                    .orElse(compression);
            LinkMetadata plain =
                    draft.metadata(next, writer, cut, name.from() == 0 ? began : OptionalLong.empty(), lost, following);
            Optional<String> reason =
                    cut == CutReason.SKIP ? like.flatMap(link -> link.metadata().reason()) : Optional.empty();
            LinkMetadata metadata = reason.map(plain::because).orElse(plain);
            if (fromKafka) {
                checkIncarnation(name.chain());
            }
            LinkBody body = draft.body();
            LinkAppend.Result result = patience.with(() -> LinkAppend.attempt(generation, name, metadata, body));
            if (result instanceof LinkAppend.Taken taken && !isSame(taken.link().metadata(), metadata)) {
                throw new UsageException("link " + name + " of the generation was written by "
                        + taken.link().metadata().writer() + " and differs: choose another prefix");
            }
            links++;
            fromKafka = false;
            draft = new LinkDraft(metadata.successor(name));
            return new Link(name, metadata);
        }

        /** Whether another run, asked the same, wrote the same link: then the chain goes on alike. */
        private boolean isSame(LinkMetadata theirs, LinkMetadata ours) {
            return theirs.writer().startsWith(sign) && theirs.equals(ours.by(theirs.writer()));
        }
    }
}

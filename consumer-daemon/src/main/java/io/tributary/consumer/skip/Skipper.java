package io.tributary.consumer.skip;

import io.tributary.consumer.chain.SkipPlan;
import io.tributary.consumer.encode.EncodedLink;
import io.tributary.consumer.store.ChainEnd;
import io.tributary.consumer.store.LinkAppend;
import io.tributary.consumer.store.StagingStore;
import io.tributary.consumer.store.StoreException;
import io.tributary.consumer.upload.ClusterSilentException;
import io.tributary.daemon.UsageException;
import io.tributary.staging.Compression;
import io.tributary.staging.CutReason;
import io.tributary.staging.Link;
import io.tributary.staging.LinkMetadata;
import io.tributary.staging.OffsetRange;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Appends a link without records, by the same rule as every writer: create it only if its name is free, and where it is
 * not, look where the chain ends now. Asked twice for the same, it does it once. Confined to one thread.
 */
public final class Skipper {
    private final StagingStore store;
    private final Logs logs;
    private final Compression compression;
    private final String writer;
    /** What this skipper may have written, though the answer got lost. */
    private Optional<Skipped> attempted = Optional.empty();

    /**
     * A skipper.
     *
     * @param compression the codec of the links that follow
     * @param writer      unique to this process
     */
    public Skipper(StagingStore store, Logs logs, Compression compression, String writer) {
        this.store = store;
        this.logs = logs;
        this.compression = compression;
        this.writer = writer;
    }

    /**
     * What was asked for.
     *
     * @param to     the offset that the chain is to go on at
     * @param reason why, for those who read the audit
     */
    public record Request(String topic, int partition, long to, String reason) {}

    /** What became of it. */
    public sealed interface Outcome {}

    /**
     * A link was appended.
     *
     * @param link    the link
     * @param offsets what it skips
     */
    public record Skipped(Link link, OffsetRange offsets) implements Outcome {}

    /**
     * Nothing was to be done.
     *
     * @param position where the chain goes on
     */
    public record Reached(long position) implements Outcome {}

    /**
     * Does it.
     *
     * @throws UsageException         if there is no such partition, or its log ends before the offset
     * @throws StoreException         if the store did not answer; the same request may be made again
     * @throws ClusterSilentException if Kafka did not answer; likewise
     */
    public Outcome skip(Request request) throws UsageException, StoreException, ClusterSilentException {
        String partition = request.topic() + "/" + request.partition();
        while (true) {
            Logs.Log log = logs.of(request.topic(), request.partition())
                    .orElseThrow(() -> new UsageException("there is no partition " + partition + " in Kafka"));
            Optional<Link> end = ChainEnd.find(store, log.chain(), OptionalLong.empty());
            SkipPlan plan = SkipPlan.of(log.chain(), end, log.offsets(), request.to());
            if (plan instanceof SkipPlan.Reached reached) {
                if (attempted.isPresent() && isThere(attempted.get().link())) {
                    return attempted.get();
                }
                return new Reached(reached.position());
            }
            if (!(plan instanceof SkipPlan.Append append)) {
                throw new UsageException("offset " + request.to() + " is beyond the log of " + partition
                        + ", which ends at " + log.offsets().next() + ": what is not there yet cannot be skipped");
            }
            Link link = new Link(append.name(), metadata(append, request));
            EncodedLink nothing = EncodedLink.empty(link.name().compression());
            attempted = Optional.of(new Skipped(link, append.skipped()));
            LinkAppend.Result result = LinkAppend.attempt(store, link.name(), link.metadata(), nothing.body());
            boolean ours = !(result instanceof LinkAppend.Taken taken)
                    || taken.link().metadata().writer().equals(writer);
            if (ours) {
                return new Skipped(link, append.skipped());
            }
            // A consumer was faster; the chain is longer now, perhaps long enough.
        }
    }

    /** The writer is this process, so the link is this skipper's, even if others went on behind it. */
    private boolean isThere(Link link) throws StoreException {
        return store.head(link.name())
                .filter(found -> found.metadata().equals(link.metadata()))
                .isPresent();
    }

    private LinkMetadata metadata(SkipPlan.Append append, Request request) {
        return new LinkMetadata(
                        request.to(),
                        0,
                        EncodedLink.empty(append.name().compression()).digest(),
                        Optional.empty(),
                        writer,
                        CutReason.SKIP,
                        append.began(),
                        Optional.empty(),
                        compression)
                .because(request.reason());
    }
}

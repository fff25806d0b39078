package io.tributary.consumer.kafka;

import io.tributary.consumer.chain.Adoption;
import io.tributary.consumer.chain.ChainWriter;
import io.tributary.consumer.chain.CutLink;
import io.tributary.consumer.encode.EncodedLink;
import io.tributary.consumer.encode.LinkEncoding;
import io.tributary.consumer.upload.UploadOutcome;
import io.tributary.consumer.upload.Uploader;
import io.tributary.staging.ChainId;
import io.tributary.staging.CutReason;
import io.tributary.staging.Link;
import io.tributary.staging.LinkName;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One assigned partition: brings its chain writer together with the encoders and the uploader. Confined to the poll
 * thread; what other threads answer comes back through the mailbox and is ignored once this writer is closed.
 */
final class PartitionWriter {
    private static final Logger LOG = LoggerFactory.getLogger(PartitionWriter.class);

    private final TopicPartition partition;
    private final WriterSetup setup;
    private final Events events;
    private final ChainWriter<LinkEncoding> writer;
    private final ChainId chain;
    private final Map<LinkEncoding, EncodedLink> encoded = new HashMap<>();

    private PolledBlock block = new PolledBlock();
    private long blockAccounted;
    private long blockLimit;
    private Uploader.@Nullable Upload upload;
    private long uploadBegan;
    private boolean closed;

    /** What the poll thread does about a partition. */
    interface Events {
        /** The chain ends at {@code next} now; its last link is {@code last}. */
        void grew(TopicPartition partition, long next, LinkName last);

        /** What was gathered is dropped; read on from {@code position}. */
        void readFrom(TopicPartition partition, long position);

        /** The topic was re-created; what was gathered is dropped, and this writer is closed. */
        void recreated(TopicPartition partition);
    }

    PartitionWriter(TopicPartition partition, Recovered recovered, WriterSetup setup, Events events) {
        this.partition = partition;
        this.setup = setup;
        this.events = events;
        this.chain = recovered.chain();
        this.writer = new ChainWriter<>(
                recovered.resume(),
                setup.roll(),
                setup.compression(),
                this::encodingOf,
                setup.clock().millis());
    }

    ChainId chain() {
        return chain;
    }

    long position() {
        return writer.position();
    }

    /** Takes records just polled, in order. */
    void append(List<ConsumerRecord<byte[], byte[]>> records, long newBlockLimit, long now) {
        blockLimit = newBlockLimit;
        long bytes = 0;
        for (ConsumerRecord<byte[], byte[]> polled : records) {
            int size = Math.max(0, polled.serializedKeySize()) + Math.max(0, polled.serializedValueSize());
            bytes += size;
            LinkEncoding body = writer.append(polled.offset(), size, polled.timestamp(), now);
            block.add(polled, size);
            if (block.heldBytes() >= blockLimit) {
                dispatch(body);
            }
            Optional<CutReason> full = writer.full();
            if (full.isPresent()) {
                cut(full.get(), now);
            }
        }
        account();
        setup.metrics().read(bytes);
    }

    /** Moves past offsets without records. Only when all that was polled was appended. */
    void moveTo(long position) {
        writer.moveTo(position, setup.clock().millis());
    }

    /** Moves past offsets that expired unread, and notes them. */
    void expire(long logStart) {
        // A link that must be closed by this needs all its records first.
        writer.openBody().ifPresent(this::dispatch);
        writer.expire(logStart, setup.clock().millis()).ifPresent(this::finish);
    }

    Optional<CutReason> due(long now) {
        return writer.due(now);
    }

    void cut(CutReason reason, long now) {
        writer.openBody().ifPresent(this::dispatch);
        writer.cut(reason, now).ifPresent(this::finish);
    }

    /** Whether all that was read is in the chain. */
    boolean idle() {
        return closed || writer.idle();
    }

    /** How many closed links are not known to exist yet. */
    int closedLinks() {
        return writer.closedLinks();
    }

    /** About how much memory the open link holds. */
    long heldByOpen() {
        return block.heldBytes()
                + writer.openBody().map(LinkEncoding::heldBytes).orElse(0L);
    }

    /** About how much memory closed links hold. */
    long heldByClosed() {
        return writer.closedBodies().mapToLong(LinkEncoding::heldBytes).sum();
    }

    /** How many records would be lost to this process now: they are read again by whoever comes next. */
    long gatheredRecords() {
        return closed ? 0 : writer.gatheredRecords();
    }

    /** Drops all that is not known to be in the chain. Nothing more happens here afterwards. */
    void close() {
        if (!closed) {
            setup.metrics().dropped(writer.gatheredRecords());
            closed = true;
            drop(writer.abandon());
        }
    }

    /** The topic is another one by now: what was read of this one and is not staged is gone. */
    void closeRecreated(String incarnation) {
        long records = writer.gatheredRecords();
        (records > 0 ? LOG.atError() : LOG.atWarn())
                .addKeyValue("chain", chain)
                .addKeyValue("incarnation", incarnation)
                .addKeyValue("position", writer.position())
                .addKeyValue("records", records)
                .log(
                        records > 0
                                ? "the topic was deleted and created again before these records were staged; they are lost"
                                : "the topic was deleted and created again; all that was read of it is staged");
        close();
    }

    private LinkEncoding encodingOf(LinkName name) {
        return new LinkEncoding(name.compression(), setup.encoders(), setup.budget());
    }

    private void dispatch(LinkEncoding body) {
        if (block.size() > 0) {
            account();
            body.add(block);
            block = new PolledBlock();
            blockAccounted = 0;
        }
    }

    /** Tells the budget of what the block has grown by. */
    private void account() {
        setup.budget().gathered(block.heldBytes() - blockAccounted);
        blockAccounted = block.heldBytes();
    }

    private void finish(CutLink<LinkEncoding> link) {
        link.body().finish(result -> setup.mailbox().post(() -> encoded(link, result)));
    }

    private void encoded(CutLink<LinkEncoding> link, EncodedLink result) {
        if (!closed) {
            encoded.put(link.body(), result);
            putNext();
        }
    }

    private void putNext() {
        Optional<CutLink<LinkEncoding>> oldest = writer.oldest();
        if (oldest.isEmpty() || !encoded.containsKey(oldest.get().body())) {
            return;
        }
        writer.startPut().ifPresent(link -> {
            EncodedLink content = encodedOf(link);
            uploadBegan = setup.clock().millis();
            upload = setup.uploader()
                    .start(
                            link.name(),
                            link.metadata(content.digest(), setup.writerId()),
                            content.body(),
                            setup.clock().nanos(),
                            outcome -> setup.mailbox().post(() -> uploaded(link, outcome)));
        });
    }

    private void uploaded(CutLink<LinkEncoding> link, UploadOutcome outcome) {
        if (closed) {
            return;
        }
        upload = null;
        if (outcome instanceof UploadOutcome.TopicRecreated recreated) {
            closeRecreated(recreated.incarnation());
            events.recreated(partition);
            return;
        }
        if (outcome instanceof UploadOutcome.Taken taken) {
            adopt(link, taken.existing());
        } else {
            count(writer.created());
            if (link.records() > 0) {
                setup.metrics().took(since(link.opened()), since(uploadBegan));
            }
            settle(link);
            events.grew(partition, link.next(), link.name());
        }
        putNext();
    }

    private void adopt(CutLink<LinkEncoding> ours, Link existing) {
        boolean ownWriter = existing.metadata().writer().equals(setup.writerId());
        long gathered = writer.gatheredRecords();
        setup.metrics().nameTaken();
        Adoption<LinkEncoding> adoption = writer.taken(existing, setup.clock().millis());
        (ownWriter ? LOG.atInfo() : LOG.atWarn())
                .addKeyValue("chain", chain)
                .addKeyValue("link", existing.range())
                .addKeyValue("writer", existing.metadata().writer())
                .addKeyValue("ours", ours.name().from() + "-" + ours.next())
                .log(ownWriter ? "an answer was lost; our link is there" : "another writer was first; following it");
        if (adoption instanceof Adoption.Rewound<LinkEncoding> rewound) {
            setup.metrics().dropped(gathered);
            drop(rewound.dropped());
            events.readFrom(partition, rewound.position());
        } else {
            if (ownWriter) {
                count(ours);
            }
            settle(ours);
        }
        events.grew(partition, existing.metadata().next(), existing.name());
    }

    private void count(CutLink<LinkEncoding> link) {
        EncodedLink content = encodedOf(link);
        setup.metrics()
                .created(
                        link.reason(),
                        link.records(),
                        content.undecodable(),
                        content.body().length());
        LOG.atDebug()
                .addKeyValue("chain", chain)
                .addKeyValue("from", link.name().from())
                .addKeyValue("next", link.next())
                .addKeyValue("records", link.records())
                .addKeyValue("bytes", content.body().length())
                .addKeyValue("cut", link.reason().label())
                .log("link created");
    }

    private Duration since(long millis) {
        return Duration.ofMillis(setup.clock().millis() - millis);
    }

    private void settle(CutLink<LinkEncoding> link) {
        encoded.remove(link.body());
        link.body().release();
    }

    private void drop(List<LinkEncoding> bodies) {
        if (upload != null) {
            upload.cancel();
            upload = null;
        }
        bodies.forEach(LinkEncoding::release);
        encoded.clear();
        setup.budget().dropped(blockAccounted);
        block = new PolledBlock();
        blockAccounted = 0;
    }

    private EncodedLink encodedOf(CutLink<LinkEncoding> link) {
        EncodedLink content = encoded.get(link.body());
        if (content == null) {
            throw new IllegalStateException(link.name() + " is not encoded yet");
        }
        return content;
    }
}

package io.tributary.consumer.encode;

import io.tributary.consumer.store.LinkBody;
import io.tributary.staging.ByteBuilder;
import io.tributary.staging.Compression;
import io.tributary.staging.LineDigest;
import io.tributary.staging.LineEncoder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * The body of one link while it grows. Blocks are added by the thread that owns the partition; encoder threads work
 * them off one after the other, in order, at most one thread at a time. The lock guards the queue; the rest belongs to
 * the encoder thread whose turn it is, and passes from one to the next through that lock.
 */
public final class LinkEncoding implements EncoderPool.Task {
    private static final int SLICE = 1024 * 1024;

    private final Compression compression;
    private final EncoderPool pool;
    private final BufferBudget budget;
    private final AtomicLong held = new AtomicLong();

    private final Object lock = new Object();
    private final Deque<RecordBlock> waiting = new ArrayDeque<>();
    private boolean scheduled;
    private boolean releasing;
    private @Nullable Consumer<EncodedLink> whenDone;

    private final List<byte[]> pieces = new ArrayList<>();
    private final LineDigest digest = new LineDigest();
    private final CRC32 crc = new CRC32();
    private long pieceBytes;
    private long lineBytes;
    private long undecodable;

    /** An empty body. */
    public LinkEncoding(Compression compression, EncoderPool pool, BufferBudget budget) {
        this.compression = compression;
        this.pool = pool;
        this.budget = budget;
    }

    /** About how much memory it holds, encoded or not. */
    public long heldBytes() {
        return held.get();
    }

    /** Adds records that follow those added before; the budget knows them as gathered. */
    public void add(RecordBlock block) {
        budget.queued(block.heldBytes());
        held.addAndGet(block.heldBytes());
        synchronized (lock) {
            waiting.add(block);
            schedule();
        }
    }

    /** Closes the body once all that was added is encoded. {@code done} is called by an encoder thread. */
    public void finish(Consumer<EncodedLink> done) {
        synchronized (lock) {
            whenDone = done;
            schedule();
        }
    }

    /** Gives all memory back, now or when the encoder that has it in hand is done. What is not encoded yet is dropped. */
    public void release() {
        synchronized (lock) {
            releasing = true;
            whenDone = null;
            schedule();
        }
    }

    @Override
    public void run(EncoderWorkspace workspace) {
        RecordBlock block;
        boolean drop;
        Consumer<EncodedLink> done = null;
        synchronized (lock) {
            block = waiting.poll();
            drop = releasing;
            if (block == null && !drop) {
                done = whenDone;
                whenDone = null;
            }
        }
        if (drop) {
            drop(block);
        } else if (block != null) {
            encode(block, workspace);
        } else if (done != null) {
            done.accept(close());
        }
        synchronized (lock) {
            scheduled = false;
            if (!waiting.isEmpty() || whenDone != null || (releasing && !drop)) {
                schedule();
            }
        }
    }

    private void schedule() {
        if (!scheduled) {
            scheduled = true;
            pool.execute(this);
        }
    }

    private void encode(RecordBlock block, EncoderWorkspace workspace) {
        ByteBuilder lines = workspace.lines();
        long before = pieceBytes;
        if (pieces.isEmpty() && compression == Compression.GZIP) {
            addPiece(GzipFrame.header());
        }
        for (int index = 0; index < block.size(); index++) {
            if (block.encode(index, lines) == LineEncoder.Outcome.ERROR) {
                undecodable++;
            }
            if (lines.length() >= SLICE) {
                compress(lines, workspace);
            }
        }
        compress(lines, workspace);
        budget.encoded(block.heldBytes(), pieceBytes - before);
        held.addAndGet(pieceBytes - before - block.heldBytes());
    }

    private void compress(ByteBuilder lines, EncoderWorkspace workspace) {
        if (lines.length() == 0) {
            return;
        }
        digest.update(lines.array(), 0, lines.length());
        if (compression == Compression.GZIP) {
            crc.update(lines.array(), 0, lines.length());
        }
        lineBytes += lines.length();
        addPiece(workspace.compressor().compress(compression, lines));
        lines.truncate(0);
    }

    private EncodedLink close() {
        long before = pieceBytes;
        if (compression == Compression.GZIP) {
            if (pieces.isEmpty()) {
                addPiece(GzipFrame.header());
            }
            addPiece(GzipFrame.trailer(crc.getValue(), lineBytes));
        }
        budget.encoded(0, pieceBytes - before);
        held.addAndGet(pieceBytes - before);
        return new EncodedLink(new LinkBody(pieces), digest.finish(), lineBytes, undecodable);
    }

    private void addPiece(byte[] piece) {
        pieces.add(piece);
        pieceBytes += piece.length;
    }

    private void drop(@Nullable RecordBlock block) {
        long raw = block == null ? 0 : block.heldBytes();
        budget.encoded(raw, 0);
        budget.released(pieceBytes);
        held.addAndGet(-raw - pieceBytes);
        pieceBytes = 0;
        pieces.clear();
    }
}

package io.tributary.producer.source.dataset;

import io.tributary.producer.source.RecordHeader;
import io.tributary.producer.source.RecordLimits;
import io.tributary.producer.source.RejectedRow;
import io.tributary.producer.source.SourceItem;
import io.tributary.producer.source.dataset.record.ByteStream;
import io.tributary.producer.source.dataset.record.RecordReader;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One file being read: its rows as items, in pieces that fit in memory, and the position behind each piece. Confined to
 * one thread.
 */
final class FileReading implements Closeable {
    private static final int CHUNK_BYTES = 256 * 1024;
    /** What an item takes besides its arrays. */
    private static final int ITEM_OVERHEAD = 200;

    private final FileTask task;
    private final ByteStream content;
    private final RecordReader rows;
    private final RowFormat format;
    private final RecordLimits limits;
    private final boolean whole;
    private final int chunkRecords;
    private final RecordHeader sourceHeader;
    private final RecordHeader fileHeader;

    private FilePosition position;
    private long ordinal;
    private @Nullable RejectStream reject;
    private boolean ended;
    private @Nullable IOException broken;

    /** What {@link #read} found. */
    record Piece(List<SourceItem> items, long bytes, Optional<FilePosition> after) {}

    FileReading(
            DatasetConfig config,
            FileTask task,
            ByteStream content,
            RecordReader rows,
            RowFormat format,
            RecordLimits limits) {
        this.task = task;
        this.content = content;
        this.rows = rows;
        this.format = format;
        this.limits = limits;
        this.whole = !config.follow();
        this.chunkRecords = config.chunkRecords();
        this.position = task.start();
        this.ordinal = position.ordinal();
        this.sourceHeader = new RecordHeader("tributary-source", utf8(config.name()));
        this.fileHeader = new RecordHeader("tributary-file", utf8(task.file().name()));
    }

    /** The file, as it was when reading began. */
    FileTask task() {
        return task;
    }

    /** The position behind what was read. */
    FilePosition position() {
        return position;
    }

    /** Whether the file held no more. */
    boolean ended() {
        return ended;
    }

    /** Whether what was read last ends within a row. */
    boolean insideRow() {
        return reject != null;
    }

    /** The next piece; it may be empty at the end of the file. Where reading fails, the rows before still come first. */
    Piece read() throws IOException {
        if (broken != null) {
            throw broken;
        }
        List<SourceItem> items = new ArrayList<>(chunkRecords);
        long bytes = 0;
        boolean partial = false;
        boolean any = reject != null;
        while (items.size() < chunkRecords && bytes < CHUNK_BYTES) {
            if (reject != null) {
                SourceItem.Reject part = reject.next();
                bytes += part.value().length + ITEM_OVERHEAD;
                items.add(part);
                if (reject.done()) {
                    endReject();
                    ordinal++;
                }
                continue;
            }
            try {
                ended = !rows.more();
                partial = !ended && !rows.next(whole);
            } catch (IOException failure) {
                if (!any) {
                    throw failure;
                }
                broken = failure;
                partial = true;
                break;
            }
            if (ended || partial) {
                ended = true;
                break;
            }
            if (rows.blank()) {
                continue;
            }
            any = true;
            Optional<String> problem = format.read(rows);
            if (problem.isEmpty()) {
                byte[] key = format.key();
                byte[] value = format.value();
                List<RecordHeader> headers = List.of(sourceHeader, fileHeader, ordinalHeader());
                int size = RecordLimits.size(key, value, headers);
                if (size <= limits.maxRow()) {
                    items.add(new SourceItem.Row(key, value, headers));
                    bytes += size + ITEM_OVERHEAD;
                    ordinal++;
                    continue;
                }
                problem = Optional.of("as a record the row takes " + size + " bytes, topic " + limits.topic()
                        + " takes at most " + limits.maxRow());
            }
            reject = rejectOf(problem.get());
        }
        if (reject != null) {
            return new Piece(items, bytes, Optional.empty());
        }
        if (any) {
            position = behindLastRow(partial);
        }
        return new Piece(items, bytes, Optional.of(position));
    }

    private RejectStream rejectOf(String reason) throws IOException {
        RejectedRow row = new RejectedRow(task.file().name(), rows.line(), rows.offset(), rows.contentEnd(), reason);
        if (!rows.held()) {
            return RejectStream.reread(row, content, limits.maxReject());
        }
        int length = rows.to() - rows.from();
        return RejectStream.of(
                row, new ByteArrayInputStream(rows.array(), rows.from(), length), length, limits.maxReject());
    }

    private void endReject() throws IOException {
        if (reject != null) {
            reject.close();
            reject = null;
        }
    }

    /** The reader still stands on the last row, unless it has found the beginning of one more. */
    private FilePosition behindLastRow(boolean partial) {
        Optional<Digest> last = Optional.empty();
        if (!partial && rows.held() && !rows.blank()) {
            last = Optional.of(Digest.of(rows.offset(), rows.array(), rows.from(), rows.to() - rows.from()));
        }
        return new FilePosition(
                task.file().size(),
                task.file().version(),
                task.start().head(),
                last,
                rows.end(),
                ordinal,
                rows.nextLine(),
                !partial && !rows.form().terminated(),
                ended);
    }

    private RecordHeader ordinalHeader() {
        return new RecordHeader("tributary-ordinal", utf8(Long.toString(ordinal)));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        endReject();
        rows.close();
    }
}

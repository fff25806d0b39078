package io.tributary.producer.source.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.daemon.Failures;
import io.tributary.producer.source.RecordLimits;
import io.tributary.producer.source.Source;
import io.tributary.producer.source.SourceException;
import io.tributary.producer.source.SourceProgress;
import io.tributary.producer.source.SourceState;
import io.tributary.producer.source.Yield;
import io.tributary.producer.source.dataset.csv.ColumnType;
import io.tributary.producer.source.dataset.csv.CsvDialect;
import io.tributary.producer.source.dataset.csv.Header;
import io.tributary.producer.source.dataset.csv.RowJson;
import io.tributary.producer.source.dataset.file.Contents;
import io.tributary.producer.source.dataset.file.DataFile;
import io.tributary.producer.source.dataset.file.FileStore;
import io.tributary.producer.source.dataset.record.CsvScanner;
import io.tributary.producer.source.dataset.record.LineScanner;
import io.tributary.producer.source.dataset.record.RecordReader;
import io.tributary.producer.source.dataset.record.RecordScanner;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rows of files. The files are read one after the other, each from where its position says; in follow mode they are
 * looked at again and again. A file that cannot be used is left out and named; the others go on.
 */
public final class DatasetSource implements Source {
    private static final Logger LOG = LoggerFactory.getLogger(DatasetSource.class);

    private final DatasetConfig config;
    private final FileStore store;
    private final SourceProgress progress;
    private final Catalog catalog;
    private final ColumnTypes types;
    private final Map<String, FilePosition> positions = new LinkedHashMap<>();
    private final Deque<FileTask> tasks = new ArrayDeque<>();

    private RecordLimits limits = new RecordLimits("", 0, 0);
    private @Nullable FileReading reading;
    private boolean listed;
    private long bytesBefore;
    private volatile boolean closed;

    /**
     * A source over files.
     *
     * @param progress told how far reading has come
     * @param rest     how to wait between two looks at the files, in follow mode; called by the thread that reads
     */
    public DatasetSource(DatasetConfig config, FileStore store, SourceProgress progress, Runnable rest) {
        this.config = config;
        this.store = store;
        this.progress = progress;
        this.types = new ColumnTypes(config.csv().types());
        this.catalog = new Catalog(config, store, rest);
    }

    /**
     * Looks whether there is anything to publish, before anything else is set up.
     *
     * @throws SourceException if there is not: no such path, no data, or no file that can be read
     */
    public void check() throws SourceException {
        catalog.check();
    }

    @Override
    public void resume(SourceState state, RecordLimits newLimits) throws SourceException {
        closeReading();
        limits = newLimits;
        tasks.clear();
        positions.clear();
        listed = false;
        catalog.forget();
        try {
            types.restore(state.position());
            for (Map.Entry<String, JsonNode> part : state.parts().entrySet()) {
                positions.put(part.getKey(), FilePosition.fromJson(part.getValue()));
            }
        } catch (IllegalArgumentException unknownFormat) {
            throw new SourceException("source " + config.name() + ": " + unknownFormat.getMessage(), unknownFormat);
        }
    }

    @Override
    public Yield next() throws SourceException {
        while (!closed) {
            if (reading == null && !openNext()) {
                return config.follow() || closed ? new Yield.Idle() : end();
            }
            Optional<Yield> chunk = readChunk();
            if (chunk.isPresent()) {
                return chunk.get();
            }
        }
        return new Yield.Idle();
    }

    @Override
    public List<String> leftOut() {
        return catalog.leftOut();
    }

    @Override
    public void close() {
        closed = true;
    }

    private Yield end() {
        progress.begin(SourceProgress.Phase.DONE, progress.total());
        progress.reached(progress.total());
        return new Yield.End();
    }

    /** Opens the next file that has something to read; in follow mode, looks for such files. */
    private boolean openNext() throws SourceException {
        if (tasks.isEmpty() && (!listed || config.follow())) {
            Collection<FileTask> found = listed ? catalog.lookAgain(positions) : catalog.look(positions);
            listed = true;
            plan(found);
        }
        FileTask task = tasks.poll();
        if (task == null) {
            return false;
        }
        try {
            reading = open(task);
        } catch (IOException failure) {
            giveUp(task, task.start(), failure);
        }
        return true;
    }

    private void plan(Collection<FileTask> found) {
        if (found.isEmpty() && config.follow()) {
            if (progress.phase() != SourceProgress.Phase.WAITING) {
                progress.begin(SourceProgress.Phase.WAITING, 0);
            }
            return;
        }
        new TypingPass(config, store, types, progress, () -> closed).run(List.copyOf(found));
        if (closed) {
            // The pass did not end: without types nothing may be published.
            return;
        }
        progress.files(catalog.files());
        progress.begin(
                SourceProgress.Phase.PUBLISHING,
                found.stream().mapToLong(task -> task.file().size()).sum());
        bytesBefore = 0;
        tasks.addAll(found);
    }

    private FileReading open(FileTask task) throws IOException {
        long base = bytesBefore;
        bytesBefore += task.file().size();
        progress.reached(base);
        Contents content = new Contents(store, task.file(), at -> progress.reached(base + at));
        RecordScanner scanner = new LineScanner();
        RowFormat format = new NdjsonFormat(config.key());
        if (task.header().isPresent()) {
            CsvDialect dialect = config.csv().dialectOf(task.file());
            scanner = new CsvScanner(dialect.delimiter(), dialect.quote());
            format = new CsvFormat(dialect, rowJson(task.header().get()));
        }
        RecordReader rows = new RecordReader(
                content, scanner, task.start().offset(), task.start().line(), config.maxRecordBytes());
        return new FileReading(config, task, content, rows, format, limits);
    }

    private RowJson rowJson(Header header) {
        int[] key = config.key().stream()
                .mapToInt(column -> header.names().indexOf(column))
                .toArray();
        return new RowJson(types.columns(header), key, column -> types.establish(column, ColumnType.TEXT));
    }

    private Optional<Yield> readChunk() throws SourceException {
        FileReading current = reading;
        if (current == null) {
            return Optional.empty();
        }
        DataFile file = current.task().file();
        FileReading.Piece piece;
        try {
            piece = current.read();
        } catch (IOException failure) {
            closeReading();
            if (current.insideRow()) {
                throw new SourceException(file.name() + ": reading failed: " + Failures.oneLine(failure), failure);
            }
            giveUp(current.task(), current.position(), failure);
            return Optional.empty();
        }
        if (current.ended()) {
            warnIfEmpty(current);
            closeReading();
        }
        if (piece.items().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Yield.Chunk(
                piece.items(), piece.bytes(), piece.after().map(after -> {
                    positions.put(file.name(), after);
                    return new SourceState(types.toJson(), Map.of(file.name(), after.toJson()));
                })));
    }

    /** What was read is good and stays; the rest of the file waits for another run, the other files do not. */
    private void giveUp(FileTask task, FilePosition position, IOException failure) {
        boolean beingPacked = config.follow() && failure instanceof EOFException;
        if (!beingPacked) {
            catalog.leaveOut(
                    task.file(), "reading failed behind byte " + position.offset() + ": " + Failures.oneLine(failure));
        }
    }

    private void warnIfEmpty(FileReading ended) {
        boolean onlyHeader =
                ended.task().header().isPresent() && ended.position().ordinal() == 0;
        if (onlyHeader && !config.follow()) {
            LOG.atWarn()
                    .addKeyValue("file", ended.task().file().name())
                    .log("the file has a header and no rows: there is nothing to publish");
        }
    }

    private void closeReading() {
        FileReading current = reading;
        reading = null;
        if (current != null) {
            try {
                current.close();
            } catch (IOException nothingIsLost) {
                LOG.atDebug().setCause(nothingIsLost).log("closing a file failed");
            }
        }
    }
}

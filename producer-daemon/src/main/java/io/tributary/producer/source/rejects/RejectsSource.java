package io.tributary.producer.source.rejects;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.tributary.producer.source.RecordHeader;
import io.tributary.producer.source.RecordLimits;
import io.tributary.producer.source.Source;
import io.tributary.producer.source.SourceException;
import io.tributary.producer.source.SourceItem;
import io.tributary.producer.source.SourceProgress;
import io.tributary.producer.source.SourceProgress.Phase;
import io.tributary.producer.source.SourceState;
import io.tributary.producer.source.Yield;
import io.tributary.producer.source.dataset.file.FileStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes rejects again. The position is not a place in a file but the set of rejects that were published, so that the
 * same reject is published once, from whichever export, in whichever order, however often it is asked for.
 */
public final class RejectsSource implements Source {
    private static final Logger LOG = LoggerFactory.getLogger(RejectsSource.class);
    private static final int CHUNK = 500;
    private static final long CHUNK_BYTES = 256 * 1024;
    private static final int SHOWN = 3;

    private final String name;
    private final String topic;
    private final List<String> paths;
    private final FileStore store;
    private final SourceProgress progress;

    private RecordLimits limits = new RecordLimits("", 0, 0);
    private PublishedRejects published = new PublishedRejects();
    private @Nullable RejectFiles files;
    private final List<String> lacking = new ArrayList<>();
    private volatile List<String> leftOut = List.of();
    private volatile boolean closed;

    /**
     * A source of the rejects of one topic.
     *
     * @param name  the source's name
     * @param topic rejects of other topics are left alone
     * @param paths the exported files
     */
    public RejectsSource(String name, String topic, List<String> paths, FileStore store, SourceProgress progress) {
        this.name = name;
        this.topic = topic;
        this.paths = List.copyOf(paths);
        this.store = store;
        this.progress = progress;
    }

    /**
     * Reads all lines once, before anything is set up or published.
     *
     * @throws SourceException naming the first line that is no reject
     */
    public void check() throws SourceException {
        try (RejectFiles lines = RejectFiles.find(store, paths)) {
            for (Optional<Reject> reject = lines.next(); reject.isPresent(); reject = lines.next()) {
                if (reject.get().target().equals(topic) && reject.get().lack().isEmpty()) {
                    row(reject.get(), lines);
                }
            }
        } catch (IOException closing) {
            throw SourceException.passing(closing);
        }
    }

    @Override
    public void resume(SourceState state, RecordLimits newLimits) throws SourceException {
        limits = newLimits;
        closeFiles();
        lacking.clear();
        leftOut = List.of();
        try {
            published = PublishedRejects.of(state.parts());
        } catch (IllegalArgumentException unknownFormat) {
            throw new SourceException("source " + name + ": " + unknownFormat.getMessage(), unknownFormat);
        }
    }

    @Override
    public Yield next() throws SourceException {
        RejectFiles lines = files;
        if (lines == null) {
            lines = RejectFiles.find(store, paths);
            files = lines;
            progress.files(lines.count());
            progress.begin(Phase.PUBLISHING, 0);
        }
        List<SourceItem> items = new ArrayList<>();
        Map<String, JsonNode> moved = new LinkedHashMap<>();
        long bytes = 0;
        while (!closed && items.size() < CHUNK && bytes < CHUNK_BYTES) {
            Optional<Reject> read = lines.next();
            if (read.isEmpty()) {
                break;
            }
            Reject reject = read.get();
            if (reject.target().equals(topic) && !published.contains(reject.id()) && isWhole(reject, lines)) {
                SourceItem.Row row = row(reject, lines);
                if (!fits(row, lines)) {
                    continue;
                }
                items.add(row);
                bytes += row.size();
                published.add(reject.id());
                moved.put(PublishedRejects.block(reject.id()), JsonNodeFactory.instance.nullNode());
            }
        }
        if (items.isEmpty()) {
            return closed ? new Yield.Idle() : end();
        }
        moved.replaceAll((block, none) -> published.toJson(block));
        return new Yield.Chunk(items, bytes, Optional.of(new SourceState(position(), moved)));
    }

    @Override
    public List<String> leftOut() {
        return leftOut;
    }

    @Override
    public String complaint(int ofFiles) {
        List<String> all = leftOut;
        return all.size() + (all.size() == 1 ? " reject was" : " rejects were") + " not published: "
                + String.join("; ", all.subList(0, Math.min(SHOWN, all.size())))
                + (all.size() > SHOWN ? "; and " + (all.size() - SHOWN) + " more" : "");
    }

    @Override
    public void close() {
        closed = true;
    }

    private Yield end() {
        closeFiles();
        leftOut = List.copyOf(lacking);
        progress.begin(Phase.DONE, 0);
        return new Yield.End();
    }

    private static JsonNode position() {
        return JsonNodeFactory.instance.objectNode().put("format", 1);
    }

    private boolean isWhole(Reject reject, RejectFiles lines) {
        Optional<String> lack = reject.lack();
        lack.ifPresent(reason -> lacking.add(lines.place() + ": " + reason));
        return lack.isEmpty();
    }

    private boolean fits(SourceItem.Row row, RejectFiles lines) {
        int size = RecordLimits.size(row.key(), Objects.requireNonNull(row.value()), row.headers());
        boolean fits = limits.maxRow() <= 0 || size <= limits.maxRow();
        if (!fits) {
            lacking.add(lines.place() + ": it takes " + size + " bytes as a record; topic " + topic
                    + " takes at most " + limits.maxRow()
                    + ": shorten it, or raise the topic's max.message.bytes");
        }
        return fits;
    }

    private static SourceItem.Row row(Reject reject, RejectFiles lines) throws SourceException {
        try {
            byte[] value = reject.value();
            byte[] key = reject.key();
            List<RecordHeader> headers = reject.headers();
            return new SourceItem.Row(key, value, headers);
        } catch (IOException impossible) {
            throw lines.impossible(impossible);
        }
    }

    private void closeFiles() {
        RejectFiles open = files;
        files = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException nothingIsLost) {
                LOG.atDebug().setCause(nothingIsLost).log("closing a file failed");
            }
        }
    }
}

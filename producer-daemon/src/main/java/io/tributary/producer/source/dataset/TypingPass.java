package io.tributary.producer.source.dataset;

import io.tributary.daemon.Failures;
import io.tributary.producer.source.SourceProgress;
import io.tributary.producer.source.dataset.csv.CsvDialect;
import io.tributary.producer.source.dataset.csv.CsvRow;
import io.tributary.producer.source.dataset.csv.Header;
import io.tributary.producer.source.dataset.csv.TypeInference;
import io.tributary.producer.source.dataset.file.Contents;
import io.tributary.producer.source.dataset.file.FileStore;
import io.tributary.producer.source.dataset.record.CsvScanner;
import io.tributary.producer.source.dataset.record.RecordReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads all that is to be published once, to find the types of the columns that have none yet. Rows that will be refused
 * tell nothing. Ends early where nothing is left to find out. Confined to one thread; single-use.
 */
final class TypingPass {
    private static final Logger LOG = LoggerFactory.getLogger(TypingPass.class);

    private final DatasetConfig config;
    private final FileStore store;
    private final ColumnTypes types;
    private final SourceProgress progress;
    private final BooleanSupplier cancelled;
    private final Map<String, TypeInference> inferences = new LinkedHashMap<>();
    private long before;

    TypingPass(
            DatasetConfig config,
            FileStore store,
            ColumnTypes types,
            SourceProgress progress,
            BooleanSupplier cancelled) {
        this.config = config;
        this.store = store;
        this.types = types;
        this.progress = progress;
        this.cancelled = cancelled;
    }

    /**
     * Establishes what can be established. A pass that is cancelled establishes nothing; a file that cannot be read to its
     * end tells what it can.
     */
    void run(List<FileTask> tasks) {
        List<FileTask> untyped = new ArrayList<>();
        for (FileTask task : tasks) {
            if (task.header().isPresent()
                    && !task.finished()
                    && !types.unknown(task.header().get()).isEmpty()) {
                untyped.add(task);
            }
        }
        if (untyped.isEmpty()) {
            return;
        }
        progress.begin(
                SourceProgress.Phase.TYPING,
                untyped.stream().mapToLong(task -> task.file().size()).sum());
        for (FileTask task : untyped) {
            if (!observe(task, task.header().orElseThrow())) {
                return;
            }
        }
        inferences.forEach((column, inference) -> inference.type().ifPresent(type -> types.establish(column, type)));
        LOG.atInfo()
                .addKeyValue("source", config.name())
                .addKeyValue("types", types)
                .log("found the columns' types");
    }

    private boolean observe(FileTask task, Header header) {
        @Nullable TypeInference[] columns = new TypeInference[header.names().size()];
        for (String name : types.unknown(header)) {
            columns[header.names().indexOf(name)] = inferences.computeIfAbsent(name, key -> new TypeInference());
        }
        CsvDialect dialect = config.csv().dialectOf(task.file());
        CsvRow row = new CsvRow(dialect);
        CsvRow.Fields fields = new CsvRow.Fields();
        long base = before;
        Contents content = new Contents(store, task.file(), at -> progress.reached(base + at));
        try (RecordReader rows = new RecordReader(
                content,
                new CsvScanner(dialect.delimiter(), dialect.quote()),
                task.start().offset(),
                task.start().line(),
                config.maxRecordBytes())) {
            while (!allSettled(columns) && rows.next(!config.follow())) {
                if (cancelled.getAsBoolean()) {
                    return false;
                }
                Optional<String> problem = rows.blank() ? Optional.of("") : row.read(rows, fields);
                if (problem.isEmpty() && fields.count() == columns.length) {
                    observe(columns, fields);
                }
            }
        } catch (IOException failure) {
            LOG.atWarn()
                    .addKeyValue("file", task.file().name())
                    .addKeyValue("reason", Failures.oneLine(failure))
                    .log("the types are found without the rest of a file that cannot be read to its end");
        }
        before += task.file().size();
        progress.reached(before);
        return true;
    }

    private static void observe(@Nullable TypeInference[] columns, CsvRow.Fields fields) {
        for (int at = 0; at < columns.length; at++) {
            TypeInference inference = columns[at];
            if (inference != null) {
                inference.observe(fields.get(at));
            }
        }
    }

    private static boolean allSettled(@Nullable TypeInference[] columns) {
        for (TypeInference inference : columns) {
            if (inference != null && !inference.settled()) {
                return false;
            }
        }
        return true;
    }
}

package io.tributary.producer.source.dataset;

import io.tributary.producer.source.SourceException;
import io.tributary.producer.source.dataset.file.DataEndings;
import io.tributary.producer.source.dataset.file.DataFile;
import io.tributary.producer.source.dataset.file.FileStore;
import io.tributary.producer.source.dataset.file.NoSuchPathException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which files there are, and which of them have something to read. Confined to one thread, but for what it says of all. */
final class Catalog {
    private static final Logger LOG = LoggerFactory.getLogger(Catalog.class);

    private final DatasetConfig config;
    private final FileStore store;
    private final FileInspector inspector;
    private final Runnable rest;
    private final Map<String, DataFile> seen = new LinkedHashMap<>();
    private final Map<String, String> unusable = new LinkedHashMap<>();
    private volatile List<String> leftOut = List.of();
    private volatile int files;

    Catalog(DatasetConfig config, FileStore store, Runnable rest) {
        this.config = config;
        this.store = store;
        this.inspector = new FileInspector(config, store);
        this.rest = rest;
    }

    /** Refuses what cannot lead to anything: paths without files, and files of which none can be read. */
    void check() throws SourceException {
        Map<String, DataFile> found = list();
        if (found.isEmpty() && !config.follow()) {
            throw new SourceException(
                    String.join(", ", config.paths()) + ": no data here; looked for " + DataEndings.all());
        }
        List<String> reasons = new ArrayList<>();
        Map<String, Boolean> declared = new LinkedHashMap<>();
        config.csv().types().keySet().forEach(column -> declared.put(column, false));
        for (DataFile file : found.values()) {
            Inspection inspection = inspector.inspect(file, Optional.empty());
            if (inspection.task().isEmpty()) {
                reasons.add(file.name() + ": " + inspection.reason());
            }
            inspection
                    .task()
                    .flatMap(FileTask::header)
                    .ifPresent(header -> header.names().forEach(name -> declared.replace(name, true)));
        }
        if (!config.follow() && reasons.size() == found.size()) {
            throw new SourceException(String.join("; ", reasons));
        }
        List<String> undeclared = declared.entrySet().stream()
                .filter(column -> !column.getValue())
                .map(Map.Entry::getKey)
                .toList();
        if (!config.follow() && !undeclared.isEmpty()) {
            throw new SourceException(
                    "source.csv.types names '" + String.join("', '", undeclared) + "', a column that no file has");
        }
    }

    /** Everything is to be looked at again. */
    void forget() {
        seen.clear();
        unusable.clear();
        leftOut = List.of();
    }

    /** What each file that could not be read lacks. Any thread. */
    List<String> leftOut() {
        return leftOut;
    }

    /** How many files there are. Any thread. */
    int files() {
        return files;
    }

    /** The files that have something to read, beginning where the positions say. */
    Collection<FileTask> look(Map<String, FilePosition> positions) throws SourceException {
        List<FileTask> tasks = new ArrayList<>();
        Map<String, DataFile> found = list();
        files = found.size();
        for (DataFile file : found.values()) {
            if (!file.equals(seen.get(file.name()))) {
                inspect(file, Optional.ofNullable(positions.get(file.name()))).ifPresent(tasks::add);
                seen.put(file.name(), file);
            }
        }
        for (String name : positions.keySet()) {
            if (!found.containsKey(name) && !seen.containsKey(name)) {
                LOG.atDebug()
                        .addKeyValue("file", name)
                        .log("a file that was published is not among the files any more");
            }
        }
        return tasks;
    }

    /** As {@link #look}, after a rest. */
    Collection<FileTask> lookAgain(Map<String, FilePosition> positions) throws SourceException {
        rest.run();
        try {
            return look(positions);
        } catch (SourceException failure) {
            if (!failure.mayPass()) {
                throw failure;
            }
            LOG.atWarn().addKeyValue("reason", failure.getMessage()).log("the files cannot be listed; asking again");
            return List.of();
        }
    }

    private Optional<FileTask> inspect(DataFile file, Optional<FilePosition> before) {
        if (before.isPresent()
                && !file.version().isEmpty()
                && before.get().version().equals(file.version())
                && before.get().atEnd()) {
            return Optional.empty();
        }
        Inspection inspection = inspector.inspect(file, before);
        if (inspection.task().isEmpty()) {
            if (!inspection.early() || !config.follow()) {
                leaveOut(file, inspection.reason());
            }
            return Optional.empty();
        }
        if (unusable.remove(file.name()) != null) {
            leftOut = List.copyOf(unusable.values());
        }
        return inspection.task().filter(task -> before.isEmpty() || !task.finished());
    }

    /** Notes that a file cannot be read, or not to its end. */
    void leaveOut(DataFile file, String reason) {
        String before = unusable.put(file.name(), file.name() + ": " + reason);
        if ((file.name() + ": " + reason).equals(before)) {
            return;
        }
        leftOut = List.copyOf(unusable.values());
        LOG.atError()
                .addKeyValue("file", file.name())
                .addKeyValue("reason", reason)
                .log("the file is left out");
    }

    private Map<String, DataFile> list() throws SourceException {
        Map<String, DataFile> found = new LinkedHashMap<>();
        for (String path : config.paths()) {
            try {
                List<DataFile> matches = store.list(path);
                if (matches.isEmpty() && !config.follow()) {
                    throw new SourceException(path + ": no data here; looked for " + DataEndings.all());
                }
                matches.forEach(file -> found.putIfAbsent(file.name(), file));
            } catch (NoSuchPathException missing) {
                if (!config.follow() || seen.isEmpty()) {
                    throw new SourceException(String.valueOf(missing.getMessage()), missing);
                }
                LOG.atDebug().addKeyValue("path", path).log("a followed file is gone for now");
            } catch (IOException failure) {
                throw SourceException.passing(failure);
            }
        }
        return found;
    }
}

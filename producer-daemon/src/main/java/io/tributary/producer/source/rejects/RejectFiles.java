package io.tributary.producer.source.rejects;

import io.tributary.producer.source.SourceException;
import io.tributary.producer.source.dataset.file.Contents;
import io.tributary.producer.source.dataset.file.DataFile;
import io.tributary.producer.source.dataset.file.FileStore;
import io.tributary.producer.source.dataset.file.NoSuchPathException;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The lines of all the files, one file after the other. Confined to one thread. */
final class RejectFiles implements Closeable {
    private final FileStore store;
    private final Deque<DataFile> files = new ArrayDeque<>();
    private final int count;

    private @Nullable BufferedReader reader;
    private String name = "";
    private long line;

    private RejectFiles(FileStore store, Map<String, DataFile> files) {
        this.store = store;
        this.files.addAll(files.values());
        this.count = files.size();
    }

    /** Finds the files; none is opened yet. */
    static RejectFiles find(FileStore store, List<String> paths) throws SourceException {
        Map<String, DataFile> found = new LinkedHashMap<>();
        for (String path : paths) {
            try {
                store.list(path).forEach(file -> found.put(file.name(), file));
            } catch (NoSuchPathException missing) {
                throw new SourceException(String.valueOf(missing.getMessage()), missing);
            } catch (IOException failure) {
                throw SourceException.passing(failure);
            }
        }
        return new RejectFiles(store, found);
    }

    int count() {
        return count;
    }

    /** The next reject; empty at the end of the last file. */
    Optional<Reject> next() throws SourceException {
        while (true) {
            String text;
            try {
                text = readLine();
            } catch (IOException failure) {
                throw SourceException.passing(failure);
            }
            if (text == null) {
                return Optional.empty();
            }
            if (!text.isBlank()) {
                try {
                    return Optional.of(Reject.parse(text.getBytes(StandardCharsets.UTF_8)));
                } catch (IOException malformed) {
                    throw impossible(malformed);
                }
            }
        }
    }

    /** The last line cannot be used. */
    SourceException impossible(IOException reason) {
        return new SourceException(place() + " " + reason.getMessage(), reason);
    }

    /** Where the last line stands. */
    String place() {
        return name + ":" + line;
    }

    private @Nullable String readLine() throws IOException {
        while (true) {
            BufferedReader current = reader;
            if (current != null) {
                String text = current.readLine();
                if (text != null) {
                    line++;
                    return text;
                }
                close();
            }
            DataFile file = files.poll();
            if (file == null) {
                return null;
            }
            name = file.name();
            line = 0;
            reader = new BufferedReader(
                    new InputStreamReader(new Contents(store, file, at -> {}).open(0), StandardCharsets.UTF_8));
        }
    }

    @Override
    public void close() throws IOException {
        BufferedReader current = reader;
        reader = null;
        if (current != null) {
            current.close();
        }
    }
}

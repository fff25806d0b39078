package io.tributary.producer.source.dataset;

import io.tributary.producer.source.dataset.csv.CsvDialect;
import io.tributary.producer.source.dataset.csv.CsvRow;
import io.tributary.producer.source.dataset.csv.Header;
import io.tributary.producer.source.dataset.file.Contents;
import io.tributary.producer.source.dataset.file.DataEndings;
import io.tributary.producer.source.dataset.file.DataFile;
import io.tributary.producer.source.dataset.file.FileStore;
import io.tributary.producer.source.dataset.record.ByteStream;
import io.tributary.producer.source.dataset.record.CsvScanner;
import io.tributary.producer.source.dataset.record.RecordReader;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/** Looks at a file before it is read: is it the same as before, what format, what header. Stateless. */
final class FileInspector {
    private static final int SNIFFED = 4096;
    private static final int UTF_8_MARK = 3;

    private final DatasetConfig config;
    private final FileStore store;

    FileInspector(DatasetConfig config, FileStore store) {
        this.config = config;
        this.store = store;
    }

    /** Looks at a file, which was published up to {@code before}. */
    Inspection inspect(DataFile file, Optional<FilePosition> before) {
        try {
            if (file.size() == 0 && before.isEmpty()) {
                return Inspection.tooEarly("the file is empty");
            }
            ByteStream content = new Contents(store, file, ignored -> {});
            if (before.isPresent()) {
                Optional<String> problem = FileIdentity.problem(file, content, before.get());
                if (problem.isPresent()) {
                    return Inspection.unusable(problem.get());
                }
            }
            return inspect(file, content, before);
        } catch (IOException failure) {
            return Inspection.unusable("it cannot be read: " + failure.getMessage());
        }
    }

    private Inspection inspect(DataFile file, ByteStream content, Optional<FilePosition> before) throws IOException {
        byte[] beginning;
        try (InputStream in = content.open(0)) {
            beginning = in.readNBytes(SNIFFED);
        }
        if (beginning.length == 0) {
            return Inspection.tooEarly("the file is empty");
        }
        if (startsWith(beginning, 0xff, 0xfe) || startsWith(beginning, 0xfe, 0xff)) {
            return Inspection.unusable("it is UTF-16; convert it: iconv -f UTF-16 -t UTF-8");
        }
        long first = startsWith(beginning, 0xef, 0xbb, 0xbf) ? UTF_8_MARK : 0;
        FilePosition start = before.orElse(new FilePosition(
                file.size(), file.version(), FileIdentity.head(content), Optional.empty(), first, 0, 1, false, false));
        if (formatOf(file, beginning, (int) first) == FileFormat.NDJSON) {
            return Inspection.readable(new FileTask(file, FileFormat.NDJSON, Optional.empty(), start));
        }
        if (!config.csv().header()) {
            return csv(file, new Header(config.csv().columns()), start);
        }
        return readHeader(file, content, start, first, before.isPresent());
    }

    private Inspection readHeader(DataFile file, ByteStream content, FilePosition start, long first, boolean published)
            throws IOException {
        CsvDialect dialect = config.csv().dialectOf(file);
        try (RecordReader rows = new RecordReader(
                content, new CsvScanner(dialect.delimiter(), dialect.quote()), first, 1, config.maxRecordBytes())) {
            do {
                if (!rows.next(!config.follow())) {
                    return Inspection.tooEarly("it has no header row");
                }
            } while (rows.blank());
            CsvRow.Fields names = new CsvRow.Fields();
            Optional<String> unreadable = new CsvRow(dialect).read(rows, names);
            if (unreadable.isPresent()) {
                return Inspection.unusable("its header cannot be read: " + unreadable.get());
            }
            FilePosition behindHeader = new FilePosition(
                    start.size(),
                    start.version(),
                    start.head(),
                    Optional.empty(),
                    rows.end(),
                    0,
                    rows.nextLine(),
                    false,
                    false);
            return csv(file, Header.of(names), published ? start : behindHeader);
        }
    }

    private Inspection csv(DataFile file, Header header, FilePosition start) {
        Optional<String> problem = header.problem();
        if (problem.isPresent()) {
            return Inspection.unusable(problem.get());
        }
        List<String> missing = config.key().stream()
                .filter(column -> !header.names().contains(column))
                .toList();
        if (!missing.isEmpty()) {
            return Inspection.unusable("it has no column '" + String.join("', '", missing)
                    + "' for the key; its columns are '" + String.join("', '", header.names()) + "'");
        }
        return Inspection.readable(new FileTask(file, FileFormat.CSV, Optional.of(header), start));
    }

    private FileFormat formatOf(DataFile file, byte[] beginning, int first) {
        if (config.format() != FileFormat.AUTO) {
            return config.format();
        }
        if (DataEndings.ndjson(file.baseName())) {
            return FileFormat.NDJSON;
        }
        if (DataEndings.csv(file.baseName())) {
            return FileFormat.CSV;
        }
        for (int at = first; at < beginning.length; at++) {
            if (!Character.isWhitespace(beginning[at])) {
                return beginning[at] == '{' ? FileFormat.NDJSON : FileFormat.CSV;
            }
        }
        return FileFormat.CSV;
    }

    private static boolean startsWith(byte[] bytes, int... mark) {
        for (int at = 0; at < mark.length; at++) {
            if (at >= bytes.length || (bytes[at] & 0xff) != mark[at]) {
                return false;
            }
        }
        return true;
    }
}

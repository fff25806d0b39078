package io.tributary.producer.source.dataset;

import io.tributary.producer.source.SourceProgress;
import io.tributary.producer.source.dataset.csv.ColumnType;
import io.tributary.producer.source.dataset.file.LocalFiles;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes sources for tests, step by step. */
final class Datasets {
    private final List<String> paths;
    private FileFormat format = FileFormat.AUTO;
    private boolean follow;
    private List<String> key = List.of();
    private int maxRecordBytes = 1 << 20;
    private int chunkRecords = 100;
    private Charset charset = StandardCharsets.UTF_8;
    private Optional<Character> delimiter = Optional.empty();
    private boolean header = true;
    private List<String> columns = List.of();
    private Map<String, ColumnType> types = Map.of();

    private Datasets(List<String> paths) {
        this.paths = paths;
    }

    static Datasets of(Path... paths) {
        return new Datasets(Arrays.stream(paths).map(Path::toString).toList());
    }

    Datasets follow() {
        follow = true;
        return this;
    }

    Datasets key(String... names) {
        key = List.of(names);
        return this;
    }

    Datasets maxRecordBytes(int bytes) {
        maxRecordBytes = bytes;
        return this;
    }

    Datasets chunkRecords(int records) {
        chunkRecords = records;
        return this;
    }

    Datasets charset(Charset other) {
        charset = other;
        return this;
    }

    Datasets delimiter(char other) {
        delimiter = Optional.of(other);
        return this;
    }

    Datasets columns(String... names) {
        header = false;
        columns = List.of(names);
        return this;
    }

    Datasets types(Map<String, ColumnType> declared) {
        types = declared;
        return this;
    }

    Datasets format(FileFormat other) {
        format = other;
        return this;
    }

    DatasetSource source() {
        DatasetConfig.Csv csv = new DatasetConfig.Csv(delimiter, '"', charset, header, columns, types);
        DatasetConfig config = new DatasetConfig("test", paths, format, follow, key, maxRecordBytes, chunkRecords, csv);
        return new DatasetSource(config, new LocalFiles(), new SourceProgress(), () -> {});
    }
}

package io.tributary.producer.source.dataset;

import io.tributary.producer.source.dataset.csv.ColumnType;
import io.tributary.producer.source.dataset.csv.CsvDialect;
import io.tributary.producer.source.dataset.file.DataFile;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Which files to publish and how to read them.
 *
 * @param name           the source's name
 * @param paths          files, patterns and directories
 * @param format         of all the files
 * @param follow         whether to wait for more rows and more files
 * @param key            the columns that make a record's key
 * @param maxRecordBytes longer rows are refused
 * @param chunkRecords   how many rows to yield at once
 * @param csv            how CSV is written
 */
public record DatasetConfig(
        String name,
        List<String> paths,
        FileFormat format,
        boolean follow,
        List<String> key,
        int maxRecordBytes,
        int chunkRecords,
        Csv csv) {
    public DatasetConfig {
        paths = List.copyOf(paths);
        key = List.copyOf(key);
    }

    /** What stands in where the source is no dataset: a name, and no files. */
    public static DatasetConfig named(String name) {
        Csv csv = new Csv(Optional.empty(), '"', StandardCharsets.UTF_8, true, List.of(), Map.of());
        return new DatasetConfig(name, List.of(), FileFormat.AUTO, true, List.of(), 1 << 20, 1, csv);
    }

    /**
     * How CSV is written.
     *
     * @param delimiter absent: a comma, or a tab where the file's name ends in {@code .tsv}
     * @param quote     encloses fields
     * @param charset   what the bytes mean
     * @param header    whether the first row names the columns
     * @param columns   their names where it does not
     * @param types     declared types, by column
     */
    public record Csv(
            Optional<Character> delimiter,
            char quote,
            Charset charset,
            boolean header,
            List<String> columns,
            Map<String, ColumnType> types) {
        public Csv {
            columns = List.copyOf(columns);
            types = Map.copyOf(types);
        }

        CsvDialect dialectOf(DataFile file) {
            boolean tabs = file.baseName().toLowerCase(Locale.ROOT).endsWith(".tsv");
            return new CsvDialect(delimiter.orElse(tabs ? '\t' : ','), quote, charset);
        }
    }
}

package io.tributary.producer;

import io.tributary.daemon.config.ConfigSection;
import io.tributary.producer.source.dataset.DatasetConfig;
import io.tributary.producer.source.dataset.FileFormat;
import io.tributary.producer.source.dataset.csv.ColumnType;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the section {@code source} of a dataset. */
final class DatasetShape {
    private static final long MOST_AT_ONCE = 1_000;
    private static final int CHUNKS_PER_SECOND = 10;

    private DatasetShape() {}

    static DatasetConfig read(ConfigSection source, long maxRate) {
        String name = name(source);
        List<String> paths = source.texts("paths")
                .doc(
                        "Files, patterns in the last element (`*`, `?`, `[ab]`, `{a,b}`) and directories (their data files, "
                                + "not those further down), local or s3://bucket/key.")
                .must(
                        "name at least one file, pattern or directory",
                        list -> !list.isEmpty() && list.stream().noneMatch(String::isBlank))
                .required();
        FileFormat format = source.choice("format", FileFormat.class)
                .doc(
                        "auto goes by the ending (.csv, .tsv, .ndjson, .jsonl, .json, each also with .gz), else by the first "
                                + "character.")
                .orDefault("auto");
        boolean follow = source.flag("follow")
                .doc(
                        "Whether to wait for appended rows and new files instead of ending; rows count when their line ends.")
                .orDefault("false");
        List<String> key = source.texts("key")
                .doc("The columns that make a record's key: one gives its text, several a JSON array of their texts.")
                .orDefault("");
        int maxRecordBytes = source.size("max-record-bytes")
                .doc("Longer rows are refused; they are never held in memory.")
                .between(1024L, 64L << 20)
                .orDefault("1MiB")
                .intValue();
        int chunk = maxRate == 0
                ? (int) MOST_AT_ONCE
                : (int) Math.max(1, Math.min(MOST_AT_ONCE, maxRate / CHUNKS_PER_SECOND));
        return new DatasetConfig(name, paths, format, follow, key, maxRecordBytes, chunk, csv(source.section("csv")));
    }

    /** The name, which sources of every kind have. */
    static String name(ConfigSection source) {
        return source.text("name")
                .doc(
                        "The source's name: what its checkpoint and its transactions go by. Another name publishes everything "
                                + "again.")
                .must("be letters, digits, '.', '_' or '-', at most 200", text -> text.matches("[A-Za-z0-9._-]{1,200}"))
                .required();
    }

    private static DatasetConfig.Csv csv(ConfigSection csv) {
        Optional<Character> delimiter = csv.text("delimiter")
                .doc("What stands between fields; absent: a comma, in .tsv files a tab.")
                .must("be one ASCII character that is no line end and no quote", DatasetShape::isDelimiter)
                .optional()
                .map(text -> text.charAt(0));
        String quoteText = csv.text("quote")
                .doc("What encloses fields; doubled within them it stands for itself.")
                .must("be one ASCII character that is no line end", DatasetShape::isAscii)
                .orDefault("\"");
        char quote = quoteText.isEmpty() ? '"' : quoteText.charAt(0);
        if (delimiter.isPresent() && delimiter.get() == quote) {
            csv.reject("quote", "quote and delimiter must differ");
        }
        String charsetName = csv.text("charset")
                .doc("What the bytes mean: UTF-8, ISO-8859-1, windows-1252 and others that extend ASCII byte by byte. "
                        + "Rows with bytes that mean nothing are refused.")
                .must("be a charset that extends ASCII byte by byte", Charsets::usable)
                .orDefault("UTF-8");
        Charset charset = charsetName.isEmpty() ? StandardCharsets.UTF_8 : Charset.forName(charsetName);
        if (delimiter.isPresent() && Charsets.usesInside(charset, delimiter.get())) {
            csv.reject(
                    "delimiter",
                    charset.name() + " uses the byte of '" + delimiter.get() + "' inside characters; "
                            + "convert the file to UTF-8");
        }
        boolean header = csv.flag("header")
                .doc("Whether the first row names the columns.")
                .orDefault("true");
        List<String> columns = csv.texts("columns")
                .doc("The columns' names where header is false.")
                .orDefault("");
        if (header != columns.isEmpty()) {
            csv.reject("columns", header ? "columns go with header = false" : "header = false needs columns = [...]");
        }
        return new DatasetConfig.Csv(delimiter, quote, charset, header, columns, types(csv));
    }

    private static Map<String, ColumnType> types(ConfigSection csv) {
        Map<String, ColumnType> types = new LinkedHashMap<>();
        csv.map(
                        "types",
                        "Declared types by column: " + ColumnType.labels()
                                + ". The others are found by one pass over the "
                                + "files, kept from then on, and hold only what they give back as it was written; a "
                                + "declared double takes any JSON number.")
                .forEach((column, label) -> ColumnType.of(label)
                        .ifPresentOrElse(
                                known -> types.put(column, known),
                                () -> csv.reject(
                                        "types",
                                        "column '" + column + "': expected one of " + ColumnType.labels() + ", found '"
                                                + label + "'")));
        return types;
    }

    private static boolean isDelimiter(String text) {
        return isAscii(text) && text.charAt(0) != '"';
    }

    private static boolean isAscii(String text) {
        return text.length() == 1 && text.charAt(0) < 128 && "\n\r\0".indexOf(text.charAt(0)) < 0;
    }
}

package io.tributary.producer.source.dataset.csv;

import com.opencsv.RFC4180Parser;
import com.opencsv.RFC4180ParserBuilder;
import com.opencsv.enums.CSVReaderNullFieldIndicator;
import io.tributary.producer.source.dataset.record.RecordReader;
import io.tributary.producer.source.dataset.record.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one row at a time, or the reason why the row is refused. A field that is empty and not quoted is null.
 * Backslashes are ordinary. Confined to one thread.
 */
public final class CsvRow {
    private final CsvDialect dialect;
    private final StrictDecoder decoder;
    private final RFC4180Parser parser;

    public CsvRow(CsvDialect dialect) {
        this.dialect = dialect;
        this.decoder = new StrictDecoder(dialect.charset());
        this.parser = new RFC4180ParserBuilder()
                .withSeparator(dialect.delimiter())
                .withQuoteChar(dialect.quote())
                .withFieldAsNull(CSVReaderNullFieldIndicator.EMPTY_SEPARATORS)
                .build();
    }

    /** Why the record cannot be read as a row; empty if it can. */
    public Optional<String> read(RecordReader record, Fields into) {
        if (record.form().verdict() == Verdict.UNCLOSED_QUOTE) {
            return Optional.of("a quote opens a field and nothing closes it");
        }
        if (!record.held()) {
            return Optional.of(record.tooLong("row"));
        }
        if (record.form().verdict() == Verdict.TEXT_AFTER_QUOTE) {
            return Optional.of("text follows the quote that closes a field; within quotes, a quote is written twice");
        }
        if (record.form().nul()) {
            return Optional.of("the row holds a NUL character");
        }
        String text = decoder.decode(
                record.array(), record.from(), record.to(), record.form().ascii());
        if (text == null) {
            return Optional.of("the bytes are not valid " + dialect.charset().name() + ", at byte "
                    + (record.offset() + decoder.malformedAt()));
        }
        into.set(record.form().bareQuote() ? withBareQuotes(text) : parse(text));
        return Optional.empty();
    }

    private @Nullable String[] parse(String row) {
        try {
            return parser.parseLine(row);
        } catch (IOException cannotHappenOnText) {
            throw new UncheckedIOException(cannotHappenOnText);
        }
    }

    /**
     * Where a quote stands inside an unquoted field it is an ordinary character, also when doubled. The parser would
     * halve it, so such a field goes around it.
     */
    private @Nullable String[] withBareQuotes(String row) {
        List<String> pieces = BareQuotes.split(row, dialect.delimiter(), dialect.quote());
        @Nullable String[] fields = new String[pieces.size()];
        Arrays.setAll(fields, at -> {
            String piece = pieces.get(at);
            boolean quoted = !piece.isEmpty() && piece.charAt(0) == dialect.quote();
            return quoted ? parse(piece)[0] : piece.isEmpty() ? null : piece;
        });
        return fields;
    }

    /** Where a row's fields are put: one array, replaced with each row. */
    public static final class Fields {
        private @Nullable String[] values = new String[0];

        void set(@Nullable String[] row) {
            values = row;
        }

        /** How many there are. */
        public int count() {
            return values.length;
        }

        /** The text of one, or null where it is empty. */
        public @Nullable String get(int column) {
            return values[column];
        }
    }
}

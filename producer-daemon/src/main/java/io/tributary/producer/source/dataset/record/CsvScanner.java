package io.tributary.producer.source.dataset.record;

/**
 * Ends of CSV records. A quote is special only where a field begins; within quotes a doubled quote is a quote, and line
 * ends belong to the field. LF, CRLF and a lone CR each end a line.
 *
 * <p>A quote that is never closed must not swallow the rows behind it. So where the stream ends inside quotes, or where a
 * quoted field that spans lines is "closed" by a quote with text behind it, the record is cut at the end of the line on
 * which the field began, and the next line begins a record. A file of legal CSV never comes to that.
 *
 * <p>It looks at single bytes, which is right for every charset that extends ASCII without reusing its quote, delimiter
 * and line ends inside other characters.
 */
public final class CsvScanner implements RecordScanner {
    private static final byte ORDINARY = 0;
    private static final byte DELIMITER = 1;
    private static final byte QUOTE = 2;
    private static final byte LINE_FEED = 3;
    private static final byte CARRIAGE_RETURN = 4;
    private static final byte NUL = 5;

    private enum State {
        FIELD_START,
        UNQUOTED,
        QUOTED,
        AFTER_QUOTE,
        AFTER_RETURN
    }

    private final byte[] kinds = new byte[256];

    private State state = State.FIELD_START;
    private Verdict verdict = Verdict.GOOD;
    private long scanned;
    private long contentLength;
    private int lineEnds;
    private boolean terminated;
    private int seenBits;
    private boolean nul;
    private boolean bareQuote;

    /** Of the line on which the open quoted field began: its length, or -1 as long as the field is on it. */
    private long openedLineLength;

    private long openedLineContent;
    private int openedLineEnds;
    /** Where the last CR within quotes stands, so that the LF of a CRLF ends no second line. */
    private long returnInQuotes;

    /** Scans for this delimiter and this quote, both ASCII. */
    public CsvScanner(char delimiter, char quote) {
        kinds['\n'] = LINE_FEED;
        kinds['\r'] = CARRIAGE_RETURN;
        kinds[0] = NUL;
        kinds[delimiter] = DELIMITER;
        kinds[quote] = QUOTE;
    }

    @Override
    public void begin() {
        state = State.FIELD_START;
        verdict = Verdict.GOOD;
        scanned = 0;
        contentLength = 0;
        lineEnds = 0;
        terminated = false;
        seenBits = 0;
        nul = false;
        bareQuote = false;
    }

    @Override
    public long scan(byte[] bytes, int from, int to) {
        long start = from - scanned;
        int seen = seenBits;
        State now = state;
        for (int at = from; at < to; at++) {
            byte value = bytes[at];
            byte kind = kinds[value & 0xff];
            if (kind == ORDINARY) {
                seen |= value;
                if (now == State.UNQUOTED || now == State.QUOTED) {
                    continue;
                }
            }
            switch (now) {
                case FIELD_START, UNQUOTED -> now = outsideQuotes(now, kind, at - start);
                case QUOTED -> now = insideQuotes(kind, at - start);
                case AFTER_QUOTE -> {
                    if (kind == QUOTE) {
                        now = State.QUOTED;
                    } else if (kind == ORDINARY || kind == NUL) {
                        if (openedLineLength >= 0) {
                            seenBits = seen;
                            return cut();
                        }
                        verdict = Verdict.TEXT_AFTER_QUOTE;
                        now = outsideQuotes(State.UNQUOTED, kind, at - start);
                    } else {
                        now = outsideQuotes(now, kind, at - start);
                    }
                }
                case AFTER_RETURN -> {
                    seenBits = seen;
                    terminated = true;
                    return at - start + (kind == LINE_FEED ? 1 : 0);
                }
            }
            if (kind == LINE_FEED && now == State.FIELD_START) {
                seenBits = seen;
                terminated = true;
                return at - start + 1;
            }
        }
        seenBits = seen;
        state = now;
        scanned = to - start;
        return MORE;
    }

    /** A line feed gives {@code FIELD_START}: that of the next record. */
    private State outsideQuotes(State now, byte kind, long position) {
        return switch (kind) {
            case DELIMITER -> State.FIELD_START;
            case LINE_FEED -> {
                lineEnds++;
                contentLength = position;
                yield State.FIELD_START;
            }
            case CARRIAGE_RETURN -> {
                lineEnds++;
                contentLength = position;
                yield State.AFTER_RETURN;
            }
            case QUOTE -> {
                if (now == State.FIELD_START) {
                    openedLineLength = -1;
                    returnInQuotes = -2;
                    yield State.QUOTED;
                }
                bareQuote = true;
                yield State.UNQUOTED;
            }
            default -> {
                nul |= kind == NUL;
                yield State.UNQUOTED;
            }
        };
    }

    private State insideQuotes(byte kind, long position) {
        switch (kind) {
            case QUOTE -> {
                return State.AFTER_QUOTE;
            }
            case CARRIAGE_RETURN -> {
                lineEndInQuotes(position);
                returnInQuotes = position;
            }
            case LINE_FEED -> {
                if (returnInQuotes != position - 1) {
                    lineEndInQuotes(position);
                } else if (openedLineLength == position) {
                    openedLineLength = position + 1;
                }
            }
            case NUL -> nul = true;
            default -> {
                // A delimiter, or an ordinary byte: the field's own.
            }
        }
        return State.QUOTED;
    }

    private void lineEndInQuotes(long position) {
        lineEnds++;
        if (openedLineLength < 0) {
            openedLineLength = position + 1;
            openedLineContent = position;
            openedLineEnds = lineEnds;
        }
    }

    private long cut() {
        verdict = Verdict.UNCLOSED_QUOTE;
        contentLength = openedLineContent;
        lineEnds = openedLineEnds;
        terminated = true;
        return openedLineLength;
    }

    @Override
    public long finish() {
        if (state == State.QUOTED) {
            if (openedLineLength >= 0) {
                return cut();
            }
            verdict = Verdict.UNCLOSED_QUOTE;
        }
        terminated = state == State.AFTER_RETURN;
        if (!terminated) {
            contentLength = scanned;
        }
        return scanned;
    }

    @Override
    public Verdict verdict() {
        return verdict;
    }

    @Override
    public long contentLength() {
        return contentLength;
    }

    @Override
    public int lineEnds() {
        return lineEnds;
    }

    @Override
    public boolean terminated() {
        return terminated;
    }

    @Override
    public boolean ascii() {
        return seenBits >= 0;
    }

    @Override
    public boolean nul() {
        return nul;
    }

    @Override
    public boolean bareQuote() {
        return bareQuote;
    }
}

package io.tributary.producer.source.dataset.record;

/** Ends of records that are lines: LF or CRLF. */
public final class LineScanner implements RecordScanner {
    private long scanned;
    private long contentLength;
    private boolean terminated;
    private boolean afterReturn;
    private int seenBits;
    private boolean nul;

    @Override
    public void begin() {
        scanned = 0;
        terminated = false;
        afterReturn = false;
        seenBits = 0;
        nul = false;
    }

    @Override
    public long scan(byte[] bytes, int from, int to) {
        int seen = seenBits;
        boolean zero = false;
        for (int at = from; at < to; at++) {
            byte value = bytes[at];
            if (value == '\n') {
                long line = scanned + (at - from);
                boolean returned = at > from ? bytes[at - 1] == '\r' : afterReturn;
                contentLength = returned ? line - 1 : line;
                terminated = true;
                seenBits = seen;
                nul |= zero;
                return line + 1;
            }
            seen |= value;
            zero |= value == 0;
        }
        if (to > from) {
            afterReturn = bytes[to - 1] == '\r';
        }
        seenBits = seen;
        nul |= zero;
        scanned += to - from;
        return MORE;
    }

    @Override
    public long finish() {
        contentLength = scanned;
        return scanned;
    }

    @Override
    public Verdict verdict() {
        return Verdict.GOOD;
    }

    @Override
    public long contentLength() {
        return contentLength;
    }

    @Override
    public int lineEnds() {
        return terminated ? 1 : 0;
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
        return false;
    }
}

package io.tributary.producer.source.dataset.record;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/** A record as a reader told it, for comparing. */
record ReadRecord(String content, long offset, long end, long line, Verdict verdict, boolean held, boolean terminated) {

    /** All records from an offset on, read in pieces whose sizes come from a seed. */
    static List<ReadRecord> all(
            byte[] bytes, Supplier<RecordScanner> scanner, long offset, long line, int maxBytes, long seed) {
        List<ReadRecord> found = new ArrayList<>();
        ByteStream stream = from -> new Trickle(bytes, (int) from, new Random(seed));
        try (RecordReader reader = new RecordReader(stream, scanner.get(), offset, line, maxBytes)) {
            while (reader.next(true)) {
                String content = reader.held()
                        ? new String(
                                reader.array(), reader.from(), reader.to() - reader.from(), StandardCharsets.ISO_8859_1)
                        : "";
                found.add(new ReadRecord(
                        content,
                        reader.offset(),
                        reader.end(),
                        reader.line(),
                        reader.form().verdict(),
                        reader.held(),
                        reader.form().terminated()));
                if (seed % 2 == 0 && reader.more() && reader.held()) {
                    String again = new String(
                            reader.array(), reader.from(), reader.to() - reader.from(), StandardCharsets.ISO_8859_1);
                    if (!again.equals(content)) {
                        throw new AssertionError("looking for more changed '" + content + "' to '" + again + "'");
                    }
                }
            }
        } catch (IOException cannotHappenInMemory) {
            throw new UncheckedIOException(cannotHappenInMemory);
        }
        return found;
    }

    /** Gives a few bytes at a time. */
    private static final class Trickle extends InputStream {
        private final InputStream in;
        private final Random random;

        Trickle(byte[] bytes, int offset, Random random) {
            this.in = new ByteArrayInputStream(bytes, offset, bytes.length - offset);
            this.random = random;
        }

        @Override
        public int read() throws IOException {
            return in.read();
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            return in.read(into, offset, Math.min(length, 1 + random.nextInt(7)));
        }
    }
}

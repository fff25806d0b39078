package io.tributary.producer.source.dataset;

import io.tributary.producer.source.dataset.file.DataFile;
import io.tributary.producer.source.dataset.record.ByteStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Tells whether a file is the one that was published before, perhaps grown. Stateless. */
final class FileIdentity {
    /** How much of a file's beginning it is known by. */
    static final int HEAD = 64 * 1024;

    private static final String ADVICE =
            "; restore it, or publish the new content under another source name (source.name)";

    private FileIdentity() {}

    /** The digest of the beginning, as far as there is one. */
    static Digest head(ByteStream content) throws IOException {
        try (InputStream in = content.open(0)) {
            byte[] bytes = in.readNBytes(HEAD);
            return Digest.of(0, bytes, 0, bytes.length);
        }
    }

    /** Why the file is not what was published before with bytes added; empty if it is. */
    static Optional<String> problem(DataFile file, ByteStream content, FilePosition before) throws IOException {
        if (!file.gzip() && file.size() < Math.max(before.size(), before.offset())) {
            return Optional.of("it shrank from " + Math.max(before.size(), before.offset()) + " to " + file.size()
                    + " bytes since it was published up to byte " + before.offset() + ADVICE);
        }
        if (!same(content, before.head())) {
            return Optional.of("it was replaced since it was published up to byte " + before.offset() + ": its first "
                    + before.head().to() + " bytes differ" + ADVICE);
        }
        boolean untouched = file.gzip() && file.size() == before.size();
        if (before.last().isPresent()
                && !untouched
                && !same(content, before.last().get())) {
            return Optional.of("it was replaced since it was published up to byte " + before.offset()
                    + ": the record before that byte differs" + ADVICE);
        }
        if (before.openEnded() && continuesLine(content, before.offset())) {
            return Optional.of("its last line had no line end and was published as it stood, up to byte "
                    + before.offset() + "; now the same line goes on" + ADVICE);
        }
        return Optional.empty();
    }

    private static boolean same(ByteStream content, Digest expected) throws IOException {
        int length = (int) (expected.to() - expected.from());
        try (InputStream in = content.open(expected.from())) {
            byte[] bytes = in.readNBytes(length);
            return bytes.length == length
                    && Digest.of(expected.from(), bytes, 0, length).equals(expected);
        } catch (EOFException tooShort) {
            return false;
        }
    }

    private static boolean continuesLine(ByteStream content, long offset) throws IOException {
        try (InputStream in = content.open(offset)) {
            int next = in.read();
            return next >= 0 && next != '\n' && next != '\r';
        } catch (EOFException tooShort) {
            return false;
        }
    }
}

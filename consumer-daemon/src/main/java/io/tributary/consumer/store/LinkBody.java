package io.tributary.consumer.store;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The compressed bytes of a link, in pieces. The pieces are not copied and must not be changed. May be read any number
 * of times, by any thread.
 *
 * @param pieces the bytes in order
 */
public record LinkBody(List<byte[]> pieces) {
    public LinkBody {
        pieces = List.copyOf(pieces);
    }

    /** How many bytes there are. */
    public long length() {
        return pieces.stream().mapToLong(piece -> piece.length).sum();
    }

    /** A stream over them from the beginning. */
    public InputStream open() {
        return new SequenceInputStream(Collections.enumeration(
                pieces.stream().<InputStream>map(ByteArrayInputStream::new).collect(Collectors.toList())));
    }
}

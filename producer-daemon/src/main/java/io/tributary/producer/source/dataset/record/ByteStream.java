package io.tributary.producer.source.dataset.record;

import java.io.IOException;
import java.io.InputStream;

/** Bytes that can be read from any offset, again and again. */
@FunctionalInterface
public interface ByteStream {
    /**
     * Opens the bytes. The caller closes the stream.
     *
     * @param offset how many bytes to leave out
     * @throws IOException if they cannot be read, or are fewer
     */
    InputStream open(long offset) throws IOException;
}

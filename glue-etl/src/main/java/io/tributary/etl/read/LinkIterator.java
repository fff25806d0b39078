package io.tributary.etl.read;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * Goes through the records of links one by one and makes something of some of them. Holds one line at a time. Confined
 * to one thread, an executor's.
 *
 * @param <T> what is made
 */
abstract class LinkIterator<T> implements Iterator<T> {
    private final StagingLocation location;
    private final Iterator<PendingLink> links;
    private @Nullable LinkLines lines;
    private @Nullable LineDecoder decoder;
    private @Nullable PendingLink link;
    private @Nullable T ready;

    LinkIterator(StagingLocation location, Iterator<PendingLink> links) {
        this.location = location;
        this.links = links;
    }

    /** What is done with a value. */
    abstract LineDecoder.OnValue onValue();

    /** Makes something of a record that is not merged yet, or null. */
    abstract @Nullable T take(PendingLink link, LineDecoder record);

    @Override
    public final boolean hasNext() {
        try {
            while (ready == null) {
                if (lines == null || decoder == null || link == null) {
                    if (!links.hasNext()) {
                        return false;
                    }
                    link = links.next();
                    decoder = new LineDecoder(link, onValue());
                    lines = new LinkLines(link, LinkOpener.open(location, link));
                }
                if (!lines.next()) {
                    lines.close();
                    lines = null;
                } else if (decoder.decode(lines)) {
                    ready = take(link, decoder);
                }
            }
            return true;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Override
    public final T next() {
        if (!hasNext() || ready == null) {
            throw new NoSuchElementException();
        }
        T result = ready;
        ready = null;
        return result;
    }
}

package io.tributary.producer.source.dataset.file;

import java.io.IOException;

/** A file became another one while it was read. The message names it. */
public final class ReplacedException extends IOException {
    private static final long serialVersionUID = 1L;

    public ReplacedException(String path) {
        super(path + ": it was replaced while it was read");
    }
}

package io.tributary.producer.source.dataset.file;

import java.io.IOException;

/** A path leads nowhere. The message names it. */
public final class NoSuchPathException extends IOException {
    private static final long serialVersionUID = 1L;

    public NoSuchPathException(String path) {
        super(path + ": no such file or directory");
    }
}

package io.tributary.etl.read;

/** A link's content is not what its name and metadata say. The job must stop: someone has to look. */
public final class CorruptLinkException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CorruptLinkException(String key, String problem) {
        super("link " + key + " is corrupt: " + problem);
    }
}

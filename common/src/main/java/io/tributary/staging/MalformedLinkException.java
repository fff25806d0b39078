package io.tributary.staging;

/** A staged object that is named like a link but does not describe itself as one. Never retried: someone must look. */
public final class MalformedLinkException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public MalformedLinkException(LinkName name, String problem) {
        super("link " + name.key("") + ": metadata " + problem);
    }
}

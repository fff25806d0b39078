package io.tributary.etl;

/** The job cannot go on; the message says why and what to do, for whoever runs it. */
public class EtlException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public EtlException(String message) {
        super(message);
    }

    public EtlException(String message, Throwable cause) {
        super(message, cause);
    }
}
